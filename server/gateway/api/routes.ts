/** All routes of /api/v1. */
import { catalogRoutes } from "./catalog";
import { computeRoutes } from "./compute";
import { evaluationRoutes } from "./evaluations";
import { experimentRoutes } from "./experiments";
import { modelRoutes } from "./models";
import { monitoringRoutes } from "./monitoring";
import { platformRoutes } from "./platform";
import type { ApiRoute } from "./route";

export const apiRoutes: readonly ApiRoute[] = [...platformRoutes, ...catalogRoutes, ...computeRoutes, ...experimentRoutes, ...evaluationRoutes, ...modelRoutes, ...monitoringRoutes];
