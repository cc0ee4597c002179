/** The OpenAPI 3.1 document as the reference page reads it: operations in groups, schemas as rows. Pure. */
export type Schema = {
  type?: string | string[]; format?: string; enum?: unknown[]; const?: unknown; anyOf?: Schema[]; oneOf?: Schema[]; allOf?: Schema[]; items?: Schema; properties?: Record<string, Schema>; required?: string[];
  additionalProperties?: Schema | boolean; $ref?: string; $defs?: Record<string, Schema>; default?: unknown; description?: string; pattern?: string;
  minimum?: number; maximum?: number; exclusiveMinimum?: number; minLength?: number; maxLength?: number; minItems?: number; maxItems?: number;
};
export type Parameter = { name: string; in: "path" | "query" | "header"; required?: boolean; schema?: Schema };
type RawOperation = { operationId: string; summary: string; description: string; tags: string[]; parameters: Parameter[]; requestBody?: { content: { "application/json": { schema: Schema } } }; responses: Record<string, unknown> };
export type ApiDocument = { servers: { url: string }[]; paths: Record<string, Record<string, RawOperation>> };

export type Operation = { id: string; method: string; path: string; summary: string; needs: string; tag: string; parameters: Parameter[]; body: Schema | null; status: string };

export function operationsOf(document: ApiDocument): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, raw]) => ({
      id: `${method} ${path}`, method: method.toUpperCase(), path, summary: raw.summary, needs: raw.description, tag: raw.tags[0] ?? "", parameters: raw.parameters,
      body: raw.requestBody?.content["application/json"].schema ?? null, status: Object.keys(raw.responses).find((code) => code !== "default") ?? "200",
    })),
  );
}

/** Every word typed occurs in the method, path, summary or a field's name. */
export function matchesOperation(operation: Operation, text: string): boolean {
  const fields = [...operation.parameters.map((parameter) => parameter.name), ...Object.keys(operation.body?.properties ?? {})];
  const haystack = `${operation.method} ${operation.path} ${operation.summary} ${operation.tag} ${fields.join(" ")}`.toLowerCase();
  return text.toLowerCase().split(/\s+/).filter(Boolean).every((word) => haystack.includes(word));
}

export function groupsOf(operations: readonly Operation[]): [string, Operation[]][] {
  const groups = new Map<string, Operation[]>();
  for (const operation of operations) groups.set(operation.tag, [...(groups.get(operation.tag) ?? []), operation]);
  return [...groups];
}

/** `#/$defs/x` of the body's own schema; anything else stays unresolved. */
export function resolved(schema: Schema, root: Schema): Schema {
  const name = /^#\/\$defs\/(.+)$/.exec(schema.$ref ?? "")?.[1];
  return name ? (root.$defs?.[name] ?? schema) : schema;
}

export function typeText(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return [...new Set(options.map(typeText))].join(" | ");
  if (schema.$ref) return schema.$ref.split("/").at(-1) ?? "object";
  if (schema.items && schema.type === "array") {
    const item = typeText(schema.items);
    return item.includes(" | ") ? `(${item})[]` : `${item}[]`;
  }
  const type = Array.isArray(schema.type) ? schema.type.join(" | ") : (schema.type ?? "any");
  return schema.format ? `${type} (${schema.format})` : type;
}

const hugeLimit = 2 ** 52;

/** What a value must keep to, in words; limits that are only those of the type are left out. */
export function limitText(schema: Schema): string {
  const parts: string[] = [];
  const [low, high] = [schema.minimum ?? schema.exclusiveMinimum, schema.maximum];
  const isBound = (value: number | undefined): value is number => value !== undefined && Math.abs(value) < hugeLimit;
  if (isBound(low) && isBound(high)) parts.push(`${low} to ${high}`);
  else if (isBound(low)) parts.push(`at least ${low}`);
  else if (isBound(high)) parts.push(`at most ${high}`);
  if (schema.maxLength !== undefined) parts.push(`${schema.minLength ? `${schema.minLength} to ` : "at most "}${schema.maxLength} characters`);
  if (schema.maxItems !== undefined) parts.push(`${schema.minItems ? `${schema.minItems} to ` : "at most "}${schema.maxItems} items`);
  if (schema.default !== undefined) parts.push(`default ${JSON.stringify(schema.default)}`);
  return parts.join(", ");
}

export type FieldRow = { name: string; depth: number; type: string; limits: string; required: boolean };
const maxDepth = 4;

function innerOf(schema: Schema, root: Schema): Schema | null {
  const found = resolved(schema, root);
  if (found.properties) return found;
  if (found.items) return innerOf(found.items, root);
  const option = (found.anyOf ?? found.oneOf ?? []).find((one) => innerOf(one, root) !== null);
  return option ? innerOf(option, root) : null;
}

/** A body's fields, nested ones indented below their own; of alternatives with fields, the first. */
export function fieldRows(schema: Schema, root: Schema = schema, depth = 0): FieldRow[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const found = resolved(property, root);
    const row = { name, depth, type: typeText(found), limits: limitText(found), required: schema.required?.includes(name) ?? false };
    const inner = depth < maxDepth ? innerOf(found, root) : null;
    return inner ? [row, ...fieldRows(inner, root, depth + 1)] : [row];
  });
}
