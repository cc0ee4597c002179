/** All routes of /api/v1. */
import { catalogRoutes } from "./catalog";
import { computeRoutes } from "./compute";
import { experimentRoutes } from "./experiments";
import { platformRoutes } from "./platform";
import type { ApiRoute } from "./route";

export const apiRoutes: readonly ApiRoute[] = [...platformRoutes, ...catalogRoutes, ...computeRoutes, ...experimentRoutes];
