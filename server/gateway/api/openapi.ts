/** The OpenAPI 3.1 document of /api/v1, made from the routes and their zod inputs. */
import { publicUrl } from "@/server/platform/env";
import { type ApiRoute, inputSchemaOf, type JsonSchema, pathParameters } from "./route";

const problemSchema = {
  type: "object",
  properties: { title: { type: "string" }, status: { type: "integer" }, detail: { type: "string" }, field: { type: "string" }, requestId: { type: "string" } },
};

const aboutNumbers = 'A number in an answer that is none in JSON is the string "NaN", "Infinity" or "-Infinity" (schema Double); null is a value that is absent.';

const aboutUnknown = "A key of a body or a query parameter that is not known, a parameter given twice, and a body that contradicts the path are refused with 400; a project that is not the token's with 403.";

const doubleSchema = { description: aboutNumbers, oneOf: [{ type: "number" }, { type: "string", enum: ["NaN", "Infinity", "-Infinity"] }] };

function without(schema: JsonSchema, names: string[]): JsonSchema {
  const { $schema: _, ...rest } = schema;
  const properties = Object.fromEntries(Object.entries(rest.properties ?? {}).filter(([name]) => !names.includes(name)));
  return { ...rest, properties, required: (rest.required ?? []).filter((name) => !names.includes(name)) };
}

function operationOf(route: ApiRoute): Record<string, unknown> {
  const schema = inputSchemaOf(route);
  const inPath = pathParameters(route.path);
  const rest = without(schema, inPath);
  const required = new Set(rest.required);
  const parameters: unknown[] = inPath.map((name) => ({ name, in: "path", required: true, schema: schema.properties?.[name] ?? { type: "string" } }));
  if (route.method === "get") {
    for (const [name, property] of Object.entries(rest.properties ?? {})) {
      parameters.push({ name, in: "query", required: required.has(name), schema: property });
    }
  } else {
    parameters.push({ name: "Idempotency-Key", in: "header", required: false, schema: { type: "string", maxLength: 200 } });
  }
  const hasBody = route.method !== "get" && Object.keys(rest.properties ?? {}).length > 0;
  return {
    operationId: route.action.replace(".", "_"),
    summary: route.summary,
    description: `Needs the role ${route.access}.`,
    tags: [route.tag],
    parameters,
    ...(hasBody ? { requestBody: { required: true, content: { "application/json": { schema: rest } } } } : {}),
    responses: {
      [route.status]: { description: "Done", content: route.file ? { [route.file.type.split(";")[0] ?? ""]: { schema: { type: "string" } } } : { "application/json": { schema: { description: aboutNumbers } } } },
      default: { description: "A problem", content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } } },
    },
  };
}

export function openApiDocument(routes: readonly ApiRoute[]): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = paths[route.path] ?? {};
    path[route.method] = operationOf(route);
    paths[route.path] = path;
  }
  return {
    openapi: "3.1.0",
    info: { title: "Slipway", version: "1", description: `What no standard protocol covers. A project's token decides the project. ${aboutUnknown} ${aboutNumbers}` },
    servers: [{ url: `${publicUrl()}/api/v1` }],
    security: [{ token: [] }],
    paths,
    components: { schemas: { Problem: problemSchema, Double: doubleSchema }, securitySchemes: { token: { type: "http", scheme: "bearer" } } },
  };
}
