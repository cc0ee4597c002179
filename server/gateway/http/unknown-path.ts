/** What a protocol answers on a path of its own that it lacks: 405 with `Allow` where another method is served, else 404. */
import type { HttpBindings } from "@hono/node-server";
import type { Context, Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { NotFound } from "@/server/platform/errors";

type App = Hono<{ Bindings: HttpBindings }>;

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

function allowedMethods(app: App, path: string): string[] {
  const isServed = (method: string) => app.router.match(method, path)[0].some(([[, route]]) => route.method === method);
  return methods.filter(isServed).flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method]));
}

/** The methods come from the whole app's routes, however they were mounted; `admit` refuses whoever is not known. */
export function unknownPath(app: App, admit: (c: Context) => Promise<unknown>): (c: Context) => Promise<Response> {
  return async (c) => {
    await admit(c);
    const { method, path } = c.req;
    const allowed = allowedMethods(app, path);
    if (allowed.length === 0) throw new NotFound(`There is no ${method} ${path} here.`);
    c.header("Allow", allowed.join(", "));
    throw new HTTPException(405, { message: `${path} takes ${allowed.join(", ")}, not ${method}.` });
  };
}
