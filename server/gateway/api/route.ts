/** /api/v1 from the verbs: path and query parameters and the JSON body together are a verb's input. */
import { Readable } from "node:stream";
import type { Context, Env, Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { z } from "zod";
import { Invalid } from "@/server/platform/errors";
import { logger } from "@/server/platform/log";
import { authorizeInstance, authorizeProject } from "@/server/platform/policy/access";
import type { InstanceVerb, ProjectVerb, VerbKind } from "@/server/platform/verb";
import { requireInstance, requireProject } from "../http/identify";
import { jsonText } from "../http/json-numbers";
import { assertKnown, assertKnownQuery } from "../http/input/known-keys";
import { readJson } from "../http/input/read-json";

export type HttpMethod = "get" | "post" | "put" | "patch" | "delete";

export type ApiRoute = {
  method: HttpMethod;
  /** With `{name}` for path parameters. */
  path: string;
  summary: string;
  tag: string;
  action: string;
  access: string;
  kind: VerbKind;
  input: z.ZodType;
  status: ContentfulStatusCode;
  /** Of a file: the verb gives its text or bytes in pieces, sent as they come. */
  file: { type: string; name: string } | null;
  /** `read` gives the request's input: nothing of it is looked at for who may not use the verb. */
  call(c: Context, read: () => Promise<Record<string, unknown>>): Promise<unknown>;
};

type Options = { status?: ContentfulStatusCode; file?: ApiRoute["file"] };

export function projectRoute<S extends z.ZodType, R>(
  method: HttpMethod,
  path: string,
  verb: ProjectVerb<S, R>,
  tag: string,
  summary: string,
  options: Options = {},
): ApiRoute {
  const { action, access, kind, input } = verb;
  const call: ApiRoute["call"] = async (c, read) => {
    const ctx = await requireProject(c);
    // As the verb does, before it: who may not use it is told no more than that.
    authorizeProject(ctx, action, access);
    const raw = await read();
    assertKnown(input, raw);
    return verb(ctx, raw as z.input<S>);
  };
  return { method, path, summary, tag, action, access, kind, input, status: options.status ?? 200, file: options.file ?? null, call };
}

export function instanceRoute<S extends z.ZodType, R>(
  method: HttpMethod,
  path: string,
  verb: InstanceVerb<S, R>,
  tag: string,
  summary: string,
  options: Options = {},
): ApiRoute {
  const { action, access, kind, input } = verb;
  const call: ApiRoute["call"] = async (c, read) => {
    const ctx = await requireInstance(c);
    authorizeInstance(ctx, action, access);
    const raw = await read();
    assertKnown(input, raw);
    return verb(ctx, raw as z.input<S>);
  };
  return { method, path, summary, tag, action, access, kind, input, status: options.status ?? 200, file: null, call };
}

export type JsonSchema = { type?: string | string[]; anyOf?: JsonSchema[]; properties?: Record<string, JsonSchema>; required?: string[]; [key: string]: unknown };

/** Says what `assertKnown` does: an object takes its own keys alone, unless its schema says otherwise. */
function closeObject({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodTypes; jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (zodSchema._zod.def.type === "object") jsonSchema.additionalProperties ??= false;
}

export function inputSchemaOf(route: ApiRoute): JsonSchema {
  return z.toJSONSchema(route.input, { io: "input", unrepresentable: "any", override: closeObject }) as JsonSchema;
}

export const pathParameters = (path: string): string[] => [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");

function kindsOf(schema: JsonSchema | undefined): Set<string> {
  const kinds = new Set<string>();
  for (const type of [schema?.type ?? []].flat()) kinds.add(type);
  for (const option of schema?.anyOf ?? []) for (const kind of kindsOf(option)) kinds.add(kind);
  return kinds;
}

/** A query string's text as the schema's type; what does not convert is left for zod to refuse by name. */
export function convertText(schema: JsonSchema | undefined, values: string[]): unknown {
  const kinds = kindsOf(schema);
  const [first = ""] = values;
  if (kinds.has("array")) return values.flatMap((value) => value.split(","));
  if (kinds.has("null") && first === "null") return null;
  if ((kinds.has("number") || kinds.has("integer")) && first.trim() !== "" && Number.isFinite(Number(first))) return Number(first);
  if (kinds.has("boolean") && (first === "true" || first === "false")) return first === "true";
  return first;
}

async function readObject(c: Context): Promise<object> {
  const body = await readJson(c);
  if (body === null || typeof body !== "object" || Array.isArray(body)) throw new Invalid("The body is not an object of JSON.");
  return body;
}

async function gatherInput(c: Context, route: ApiRoute, properties: Record<string, JsonSchema>): Promise<Record<string, unknown>> {
  // Spread, not assigned: a key `__proto__` stays a key, and is refused as one that is not known.
  const input: Record<string, unknown> = route.method === "get" ? {} : { ...(await readObject(c)) };
  if (route.method === "get") {
    for (const [name, values] of Object.entries(c.req.queries())) {
      if (name !== "project" || Object.hasOwn(properties, name)) input[name] = convertText(properties[name], values);
    }
  }
  for (const name of pathParameters(route.path)) {
    const value = convertText(properties[name], [c.req.param(name) ?? ""]);
    if (input[name] !== undefined && input[name] !== value) throw new Invalid(`${name} is in the address, and another is in the body.`, { field: name });
    input[name] = value;
  }
  return input;
}

function queryOf(route: ApiRoute, properties: Record<string, JsonSchema>): (c: Context) => void {
  const inPath = pathParameters(route.path);
  const known = route.method === "get" ? Object.keys(properties).filter((name) => !inPath.includes(name)) : [];
  return (c) => assertKnownQuery(c, known, (name) => kindsOf(properties[name]).has("array"));
}

/** The answer's status is long sent when a later piece fails: the log alone can say why the file is short. */
async function* logFailure(pieces: AsyncIterable<string | Uint8Array>, action: string): AsyncIterable<string | Uint8Array> {
  try {
    yield* pieces;
  } catch (error) {
    // A client that leaves aborts the stream, which is no failure.
    if (!(error instanceof Error && error.name === "AbortError")) logger.error({ err: error, action }, "a file broke off while it was sent");
    throw error;
  }
}

function sendFile(c: Context, { action }: ApiRoute, file: NonNullable<ApiRoute["file"]>, pieces: unknown): Response {
  c.header("content-type", file.type);
  c.header("content-disposition", `attachment; filename="${file.name}"`);
  // No cache on the way may keep what only some may read.
  c.header("cache-control", "no-store");
  return c.body(Readable.toWeb(Readable.from(logFailure(pieces as AsyncIterable<string | Uint8Array>, action), { objectMode: false })) as ReadableStream);
}

export function mountApi<E extends Env>(app: Hono<E>, routes: readonly ApiRoute[], prefix: string): void {
  for (const route of routes) {
    const properties = inputSchemaOf(route).properties ?? {};
    const pattern = prefix + route.path.replace(/\{(\w+)\}/g, ":$1");
    const assertQuery = queryOf(route, properties);
    app.on(route.method.toUpperCase(), [pattern], async (c) => {
      const answer = await route.call(c, () => {
        assertQuery(c);
        return gatherInput(c, route, properties);
      });
      if (route.file) return sendFile(c, route, route.file, answer);
      return c.body(jsonText(answer ?? {}), route.status, { "content-type": "application/json" });
    });
  }
}
