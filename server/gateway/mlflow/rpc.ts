/** One row an RPC: where it is served, what it takes, what it calls. */
import type { Context } from "hono";
import type { z } from "zod";
import type { ProjectContext } from "@/server/platform/context";
import { parseWire } from "./wire";

export type Rpc = {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Below `/api/<major>.0/mlflow`, with `:name` for path parameters. */
  path: string;
  major: 2 | 3;
  call(ctx: ProjectContext, request: Record<string, unknown>, c: Context): Promise<object>;
};

export function rpc<S extends z.ZodType>(
  method: Rpc["method"],
  path: string,
  schema: S,
  handle: (ctx: ProjectContext, request: z.output<S>) => Promise<object>,
  major: 2 | 3 = 2,
): Rpc {
  return { method, path, major, call: (ctx, request) => handle(ctx, parseWire(schema, request)) };
}
