/** All routes of /api/v1. */
import { platformRoutes } from "./platform";
import type { ApiRoute } from "./route";

export const apiRoutes: readonly ApiRoute[] = [...platformRoutes];
