/** The fields of MLflow's messages: int64 as numbers or strings, special floats as strings, run ids in both spellings. */
import { z } from "zod";
import { Invalid } from "@/server/platform/errors";

/** int64 arrives as a number or a decimal string. */
export const Int64 = z.union([z.number().int(), z.string().regex(/^-?\d{1,19}$/).transform(Number)]).refine(Number.isSafeInteger, "out of range");

/** Numbers, and the strings with which JSON carries NaN and the infinities. */
export const Double = z.union([
  z.number(),
  z.enum(["NaN", "nan", "Infinity", "inf", "-Infinity", "-inf"]).transform((text) => (text.toLowerCase() === "nan" ? Number.NaN : text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY)),
  z.string().regex(/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/).transform(Number),
]);

export const RunId = z.string().regex(/^[0-9a-f]{32}$/, "a run id is 32 lower-case hex digits").transform(uuidOfHex);
/** An experiment's number, or a version: an integer column's, as a number or a decimal string. */
export const Int4 = z.union([z.string().regex(/^\d{1,10}$/).transform(Number), z.number()]).pipe(z.int32().min(0));
export const ExperimentId = Int4;

export function uuidOfHex(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export const hexOfUuid = (id: string): string => id.replaceAll("-", "");

function compactJson(value: unknown): string {
  const text = JSON.stringify(value) ?? "null";
  return text.length > 500 ? `${text.slice(0, 500)}…` : text;
}

function valueAt(source: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>((at, key) => (at !== null && typeof at === "object" ? Reflect.get(at, key) : undefined), source);
}

/** Parses a request, and words what is wrong as MLflow does. */
export function parseWire<S extends z.ZodType>(schema: S, request: unknown): z.output<S> {
  const parsed = schema.safeParse(request);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = issue?.path ?? [];
  const field = path.map(String).join(".") || "request";
  const given = valueAt(request, path);
  if (given === undefined || given === "") throw new Invalid(`Missing value for required parameter '${field}'.`, { field });
  throw new Invalid(`Invalid value ${compactJson(given)} for parameter '${field}' supplied: ${issue?.message}`, { field });
}
