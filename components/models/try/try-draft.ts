/** What is asked of an endpoint, from what a person typed: pure, so that the request shown is the one that is sent. */
import type { TensorInfo } from "@/server/domains/models/contract";
import { completedOutput, type EndpointView, eventTimeInput, type ExampleRow, scoreOutput } from "@/server/domains/models/serving/contract";

export type TryMode = "keys" | "row";
/** Texts by field, as typed; an empty one is an absent value. */
export type Draft = { mode: TryMode; texts: Record<string, string> };

type Cell = string | number | boolean | null;
export type WireInput = { name: string; shape: number[]; datatype: string; data: Cell[] };
export type TryBody = { parameters: { log: false }; inputs: WireInput[]; outputs?: { name: string }[] };

const textOf = (value: string | number | null | undefined): string => (value === null || value === undefined ? "" : String(value));

/** The one matrix of named numbers that most models take; null for another signature. */
export function matrixOf({ inputs, features }: Pick<EndpointView, "inputs" | "features">): { input: TensorInfo; features: string[] } | null {
  const [input, ...others] = inputs;
  const isMatrix = input && others.length === 0 && input.shape.length === 2 && (input.datatype === "FP32" || input.datatype === "FP64");
  return isMatrix && features && (input.shape[1] === -1 || input.shape[1] === features.length) ? { input, features } : null;
}

export function draftOf(endpoint: EndpointView, example: ExampleRow | null, mode: TryMode = endpoint.byKeys ? "keys" : "row"): Draft {
  const texts: Record<string, string> = {};
  for (const { name } of endpoint.byKeys?.keys ?? []) texts[name] = textOf(example?.keys[name]);
  for (const { name } of endpoint.byKeys?.request ?? []) texts[name] = textOf(example?.features[name]);
  for (const name of endpoint.features ?? []) texts[name] = textOf(example?.features[name]);
  texts[eventTimeInput] = textOf(example?.eventTime);
  return { mode, texts };
}

function numberOf(text: string, name: string): number | null {
  if (text.trim() === "") return null;
  const value = Number(text);
  if (Number.isNaN(value)) throw new Error(`${name}: ${JSON.stringify(text)} is not a number.`);
  return value;
}

const cellOf = (text: string, datatype: string, name: string): Cell => (datatype === "BYTES" ? text : datatype === "BOOL" ? text.trim() === "true" : numberOf(text, name));

/** A tensor of one row: values separated by commas. */
function tensorOf({ name, datatype, shape }: TensorInfo, text: string): WireInput {
  const data = text.split(",").map((part) => cellOf(part, datatype, name));
  const inner = shape.slice(1);
  const known = inner.reduce((product, size) => product * Math.max(1, size), 1);
  const wanted = inner.map((size) => (size === -1 ? Math.max(1, Math.round(data.length / known)) : size));
  return { name, shape: shape.length === 0 ? [] : [1, ...wanted], datatype, data };
}

function keyInputs(endpoint: EndpointView, texts: Draft["texts"]): WireInput[] {
  const text = (name: string) => texts[name] ?? "";
  const keys = (endpoint.byKeys?.keys ?? []).filter(({ name }) => text(name) !== "").map(({ name }) => ({ name, shape: [1], datatype: "BYTES", data: [text(name)] }));
  const request = (endpoint.byKeys?.request ?? []).map(({ name }) => ({ name, shape: [1], datatype: "FP64", data: [numberOf(text(name), name)] }));
  const time = text(eventTimeInput) === "" ? [] : [{ name: eventTimeInput, shape: [1], datatype: "BYTES", data: [text(eventTimeInput)] }];
  return [...keys, ...request, ...time];
}

function rowInputs(endpoint: EndpointView, texts: Draft["texts"]): WireInput[] {
  const matrix = matrixOf(endpoint);
  if (!matrix) return endpoint.inputs.map((input) => tensorOf(input, texts[input.name] ?? ""));
  const data = matrix.features.map((name) => numberOf(texts[name] ?? "", name));
  return [{ name: matrix.input.name, shape: [1, data.length], datatype: matrix.input.datatype, data }];
}

/** Throws with the field's name where a text is no number. */
export function bodyOf(endpoint: EndpointView, { mode, texts }: Draft): TryBody {
  const isKeyed = mode === "keys" && endpoint.byKeys !== null;
  const inputs = isKeyed ? keyInputs(endpoint, texts) : rowInputs(endpoint, texts);
  const answers = endpoint.score ? [scoreOutput] : endpoint.outputs.filter(({ datatype }) => datatype !== "UNKNOWN").map(({ name }) => name);
  const outputs = [...answers, ...(isKeyed ? [completedOutput] : [])].map((name) => ({ name }));
  return { parameters: { log: false }, inputs, outputs };
}

export function pathOf(model: string, version: number | null): string {
  return `/v2/models/${encodeURIComponent(model)}${version === null ? "" : `/versions/${version}`}/infer`;
}

export function snippetsOf(origin: string, path: string, body: TryBody): { label: string; code: string }[] {
  const json = JSON.stringify(body, null, 1).replace(/\n\s*/g, " ");
  const quoted = json.replaceAll("'", "'\\''");
  return [
    { label: "curl", code: `curl ${origin}${path} \\\n  -H "Authorization: Bearer $SLIPWAY_TOKEN" \\\n  -H "Content-Type: application/json" \\\n  -d '${quoted}'` },
    { label: "Python", code: `import json, os, urllib.request\n\nbody = json.loads(r'''${json}''')\nrequest = urllib.request.Request(\n    "${origin}${path}",\n    data=json.dumps(body).encode(),\n    headers={"Authorization": f"Bearer {os.environ['SLIPWAY_TOKEN']}"},\n)\nprint(json.load(urllib.request.urlopen(request)))` },
  ];
}
