import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { requestContext } from "@/server/platform/trpc/request-context";
import { appRouter } from "@/server/root";

function handler(request: Request): Promise<Response> {
  return fetchRequestHandler({
    endpoint: "/api/trpc",
    req: request,
    router: appRouter,
    createContext: () => requestContext(request.headers),
  });
}

export { handler as GET, handler as POST };
