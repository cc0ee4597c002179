/** What a schema does not know is refused by its name, as deep as the schema goes: zod alone would drop it in silence. */
import type { Context } from "hono";
import { z } from "zod";
import { Invalid } from "@/server/platform/errors";

type Schema = z.core.$ZodType;
type Unknown = { path: string[]; known: string[] };

const maxNamed = 30;

/** What a value is checked by, behind what wraps it. */
function bareSchema(schema: Schema): Schema {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case "optional":
    case "nullable":
    case "default":
    case "prefault":
    case "nonoptional":
    case "readonly":
    case "catch":
      return bareSchema(def.innerType);
    case "pipe":
      return bareSchema(bareSchema(def.in)._zod.def.type === "transform" ? def.out : def.in);
    case "lazy":
      return bareSchema(def.getter());
    default:
      return schema;
  }
}

/** Of a union, what takes the value; of one told apart by a key, what the key says, also if the rest does not fit. */
function optionFor(options: readonly Schema[], discriminator: string | undefined, value: object): Schema | undefined {
  const named = discriminator === undefined ? undefined : options.find((option) => option._zod.propValues?.[discriminator]?.has(Reflect.get(value, discriminator)));
  return named ?? options.find((option) => z.safeParse(option, value).success);
}

function unknownOfObject(value: object, shape: Record<string, Schema>, catchall: Schema | undefined, path: string[]): Unknown | null {
  const isOpen = catchall !== undefined && catchall._zod.def.type !== "never";
  for (const [key, inner] of Object.entries(value)) {
    const known = Object.hasOwn(shape, key) ? shape[key] : undefined;
    if (!known && !isOpen) return { path: [...path, key], known: Object.keys(shape) };
    const found = unknownIn(known ?? catchall, inner, [...path, key]);
    if (found) return found;
  }
  return null;
}

function unknownInAll(pairs: Iterable<[string, unknown]>, schema: Schema, path: string[]): Unknown | null {
  for (const [key, inner] of pairs) {
    // A list of a million numbers has no keys to look at.
    const found = inner !== null && typeof inner === "object" ? unknownIn(schema, inner, [...path, key]) : null;
    if (found) return found;
  }
  return null;
}

const numbered = function* (list: readonly unknown[]): Iterable<[string, unknown]> {
  for (let at = 0; at < list.length; at += 1) yield [String(at), list[at]];
};

/** The first key in `value` that `schema` does not know; null where there is none, or the schema takes any. */
function unknownIn(schema: Schema | undefined, value: unknown, path: string[]): Unknown | null {
  if (!schema || value === null || typeof value !== "object") return null;
  const { def } = (bareSchema(schema) as z.core.$ZodTypes)._zod;
  if (Array.isArray(value)) {
    if (def.type === "array") return unknownInAll(numbered(value), def.element, path);
    if (def.type === "union") return unknownIn(optionFor(def.options, undefined, value), value, path);
    return null;
  }
  switch (def.type) {
    case "object":
      return unknownOfObject(value, def.shape, def.catchall, path);
    case "record":
      return unknownInAll(Object.entries(value), def.valueType, path);
    case "union":
      return unknownIn(optionFor(def.options, "discriminator" in def ? String(def.discriminator) : undefined, value), value, path);
    default:
      return null;
  }
}

export function assertKnown(schema: Schema, value: Record<string, unknown>): void {
  const found = unknownIn(schema, value, []);
  if (!found) return;
  const field = found.path.join(".");
  const known = found.known.slice(0, maxNamed).join(", ");
  throw new Invalid(`${field} is not known. ${known ? `Known here: ${known}.` : "Nothing is asked for here."}`, { field });
}

/** Of the query string: each parameter once, unless `isList`; `project` goes with any request. */
export function assertKnownQuery(c: Context, known: readonly string[], isList: (name: string) => boolean = () => false): void {
  for (const [name, values] of Object.entries(c.req.queries())) {
    if (name !== "project" && !known.includes(name)) {
      throw new Invalid(`The query parameter ${name.slice(0, 100)} is not known. ${known.length > 0 ? `Known here: ${known.join(", ")}.` : "None is asked for here."}`, { field: name.slice(0, 100) });
    }
    if (values.length > 1 && !isList(name)) throw new Invalid(`The query parameter ${name} is given twice.`, { field: name });
  }
}
