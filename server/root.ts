/** Merges the domain routers. */
import { identityRouter } from "./platform/identity/router";
import { platformRouter } from "./platform/router";
import { createCaller, router } from "./platform/trpc/procedures";

export const appRouter = router({
  platform: platformRouter,
  identity: identityRouter,
});

export type AppRouter = typeof appRouter;
export const makeCaller = createCaller(appRouter);
