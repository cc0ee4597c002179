/** Lines that call an operation, filled with this installation's URL and the least that it takes. Pure. */
import { type Operation, resolved, type Schema } from "./openapi";

/** The least value that a schema takes: required fields only, defaults where there are some. */
export function exampleOf(given: Schema, root: Schema, name: string, depth = 0): unknown {
  const schema = resolved(given, root);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return exampleOf(options.find((option) => option.type !== "null") ?? {}, root, name, depth);
  const type = Array.isArray(schema.type) ? schema.type.find((one) => one !== "null") : schema.type;
  if (type === "object" || schema.properties) {
    if (depth > 5) return {};
    return Object.fromEntries((schema.required ?? []).map((field) => [field, exampleOf(schema.properties?.[field] ?? {}, root, field, depth + 1)]));
  }
  if (type === "array") return schema.minItems && depth < 6 ? [exampleOf(schema.items ?? {}, root, name, depth + 1)] : [];
  if (type === "number" || type === "integer") return schema.default ?? schema.minimum ?? 1;
  if (type === "boolean") return schema.default ?? true;
  if (schema.format === "uuid") return "00000000-0000-7000-8000-000000000000";
  if (schema.format === "date-time") return "2026-01-01T00:00:00Z";
  if (schema.format === "uri") return "https://example.org/";
  return `<${name}>`;
}

function addressOf(operation: Operation, server: string): string {
  const asked = operation.parameters.filter((parameter) => parameter.in === "query" && parameter.required);
  const path = operation.path.replace(/\{(\w+)\}/g, "<$1>");
  return `${server}${path}${asked.length > 0 ? `?${asked.map(({ name }) => `${name}=<${name}>`).join("&")}` : ""}`;
}

export function curlOf(operation: Operation, server: string): string {
  const lines = [`curl ${operation.method === "GET" ? "" : `-X ${operation.method} `}'${addressOf(operation, server)}'`, `-H "Authorization: Bearer $SLIPWAY_TOKEN"`];
  if (operation.body) lines.push(`-H "Content-Type: application/json"`, `-d '${JSON.stringify(exampleOf(operation.body, operation.body, "body"))}'`);
  return lines.join(" \\\n  ");
}

/** JSON as a Python literal. */
function pythonOf(value: unknown, indent = ""): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return `[${value.map((item) => pythonOf(item, indent)).join(", ")}]`;
  if (typeof value === "object") {
    const inner = `${indent}    `;
    const entries = Object.entries(value).map(([key, item]) => `${inner}${JSON.stringify(key)}: ${pythonOf(item, inner)},`);
    return entries.length === 0 ? "{}" : `{\n${entries.join("\n")}\n${indent}}`;
  }
  return JSON.stringify(value);
}

export function pythonSnippetOf(operation: Operation, server: string): string {
  const body = operation.body ? `body = ${pythonOf(exampleOf(operation.body, operation.body, "body"))}\n` : "";
  const data = operation.body ? "\n    data=json.dumps(body).encode()," : "";
  const content = operation.body ? `, "Content-Type": "application/json"` : "";
  return `import json, os
from urllib.request import Request, urlopen

${body}request = Request(
    "${addressOf(operation, server)}",
    method="${operation.method}",${data}
    headers={"Authorization": f"Bearer {os.environ['SLIPWAY_TOKEN']}"${content}},
)
print(json.load(urlopen(request)))`;
}
