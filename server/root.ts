/** Merges the domain routers. */
import { catalogRouter } from "./domains/catalog/router";
import { computeRouter } from "./domains/compute/router";
import { evaluationsRouter } from "./domains/evaluations/router";
import { experimentsRouter } from "./domains/experiments/router";
import { modelsRouter } from "./domains/models/router";
import { monitoringRouter } from "./domains/monitoring/router";
import { identityRouter } from "./platform/identity/router";
import { platformRouter } from "./platform/router";
import { createCaller, router } from "./platform/trpc/procedures";

export const appRouter = router({
  platform: platformRouter,
  identity: identityRouter,
  catalog: catalogRouter,
  compute: computeRouter,
  experiments: experimentsRouter,
  evaluations: evaluationsRouter,
  models: modelsRouter,
  monitoring: monitoringRouter,
});

export type AppRouter = typeof appRouter;
export const makeCaller = createCaller(appRouter);
