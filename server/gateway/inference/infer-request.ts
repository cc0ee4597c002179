/** An infer request off the wire: JSON, or JSON followed by raw tensors, perhaps compressed; the Content-Type says nothing. */
import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { gunzip, inflate } from "node:zlib";
import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import { z } from "zod";
import { Datatype, type Tensor } from "@/server/domains/models/serving/contract";
import { elementCount } from "@/server/domains/models/serving/tensors";
import { env } from "@/server/platform/env";
import { Invalid, TooLarge } from "@/server/platform/errors";
import { parseInput } from "@/server/platform/verb";
import { parseJson, readBody } from "../http/input/read-json";
import { dataOfBytes, dataOfJson } from "./tensor-data";

const Parameters = z.looseObject({
  binary_data_size: z.number().int().min(0).optional(),
  binary_data: z.boolean().optional(),
  binary_data_output: z.boolean().optional(),
  classification: z.unknown().optional(),
  shared_memory_region: z.unknown().optional(),
  /** Of a request: false for a try, which monitors must not see. */
  log: z.boolean().optional(),
});

const WireInput = z.object({
  name: z.string().min(1).max(256),
  shape: z.array(z.number().int().min(1).max(2 ** 31)).max(8),
  datatype: Datatype,
  data: z.unknown().optional(),
  parameters: Parameters.optional(),
});

const WireRequest = z.object({
  id: z.string().max(256).optional(),
  parameters: Parameters.optional(),
  inputs: z.array(WireInput).min(1).max(1_024),
  outputs: z.array(z.object({ name: z.string().min(1).max(256), parameters: Parameters.optional() })).max(1_024).optional(),
});

export type InferRequest = { id: string | undefined; inputs: Tensor[]; outputs: string[] | null; isLogged: boolean; isBinary(output: string): boolean };

const decoders: Record<string, (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>> = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
};

/** A bomb is stopped at the same size as any other body. */
async function decompress(body: Buffer, encoding: string | undefined): Promise<Buffer> {
  if (!encoding || encoding === "identity") return body;
  const decode = decoders[encoding.toLowerCase()];
  if (!decode) throw new Invalid(`Content-Encoding ${JSON.stringify(encoding)} is not known: gzip or deflate.`, { field: "Content-Encoding" });
  const maxOutputLength = env().SLIPWAY_MAX_BODY_MB * 1024 * 1024;
  try {
    return await decode(body, { maxOutputLength });
  } catch (error) {
    if (error instanceof RangeError) throw new TooLarge(`The body is larger than ${maxOutputLength} bytes once it is decompressed.`);
    throw new Invalid(`The body is not ${encoding}.`, { field: "Content-Encoding" });
  }
}

/** The JSON's length within a body with binary tensors; null for a body that is JSON alone. */
export function jsonLength(header: string | undefined, size: number): number | null {
  if (header === undefined) return null;
  const length = /^\d{1,15}$/.test(header) ? Number(header) : Number.NaN;
  if (!(length <= size)) throw new Invalid(`Inference-Header-Content-Length: ${JSON.stringify(header)} is not a length within the body's ${size} bytes.`, { field: "Inference-Header-Content-Length" });
  return length;
}

type WireInput = z.output<typeof WireInput>;

/** Cuts the raw tensors after the JSON, in the order of the inputs. */
function makeCutter(raw: Buffer) {
  let at = 0;
  return {
    cut(name: string, size: number): Buffer {
      if (at + size > raw.length) throw new Invalid(`inputs.${name}: the body ends before its ${size} bytes.`, { field: `inputs.${name}` });
      at += size;
      return raw.subarray(at - size, at);
    },
    assertSpent(): void {
      if (at !== raw.length) throw new Invalid(`${raw.length - at} bytes are left over after the binary tensors.`, { field: "inputs" });
    },
  };
}

const maxElements = 2 ** 28;

function tensorOf(input: WireInput, cutter: ReturnType<typeof makeCutter>): Tensor {
  const { name, shape, datatype, data, parameters } = input;
  if (parameters?.shared_memory_region !== undefined) throw new Invalid(`inputs.${name}: shared memory is not available: send the data.`, { field: `inputs.${name}` });
  const count = elementCount(shape);
  if (count > maxElements) throw new Invalid(`inputs.${name}: the shape has ${count} elements, at most ${maxElements} are taken.`, { field: `inputs.${name}.shape` });
  const size = parameters?.binary_data_size;
  if (size === undefined) return { name, shape, datatype, data: dataOfJson(name, datatype, data, count) };
  if (data !== undefined) throw new Invalid(`inputs.${name}: it has both data and binary_data_size.`, { field: `inputs.${name}` });
  return { name, shape, datatype, data: dataOfBytes(name, datatype, cutter.cut(name, size), count) };
}

type WireOutputs = z.output<typeof WireRequest>["outputs"];

function assertOutputs(outputs: WireOutputs): void {
  for (const { name, parameters } of outputs ?? []) {
    if (parameters?.shared_memory_region !== undefined) throw new Invalid(`outputs.${name}: shared memory is not available.`, { field: `outputs.${name}` });
    if (parameters?.classification !== undefined) throw new Invalid(`outputs.${name}: classification of outputs is not available: take the tensor.`, { field: `outputs.${name}` });
  }
}

export function parseInferRequest(body: Buffer, headerLength: string | undefined): InferRequest {
  const length = jsonLength(headerLength, body.length);
  const json = length === null || length === 0 ? body : body.subarray(0, length);
  const request = parseInput(WireRequest, parseJson(json));
  const cutter = makeCutter(length === null ? Buffer.alloc(0) : body.subarray(length));
  const inputs = request.inputs.map((input) => tensorOf(input, cutter));
  cutter.assertSpent();
  assertOutputs(request.outputs);
  const byDefault = request.parameters?.binary_data_output ?? false;
  const binary = new Map((request.outputs ?? []).map((output) => [output.name, output.parameters?.binary_data ?? byDefault]));
  return { id: request.id, inputs, outputs: request.outputs?.map((output) => output.name) ?? null, isLogged: request.parameters?.log ?? true, isBinary: (name) => binary.get(name) ?? byDefault };
}

/** Straight from the socket: a web stream around it would cost more than the inference. */
function readIncoming(incoming: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else reject(new TooLarge(`The body is larger than ${maxBytes} bytes.`));
    });
    incoming.on("end", () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    incoming.on("close", () => {
      if (!incoming.complete) reject(new Invalid("The body was cut off."));
    });
    incoming.on("error", reject);
  });
}

async function readRaw(c: Context<{ Bindings?: Partial<HttpBindings> }>): Promise<Buffer> {
  const maxBytes = env().SLIPWAY_MAX_BODY_MB * 1024 * 1024;
  const declared = Number(c.req.header("content-length") ?? 0);
  if (declared > maxBytes) throw new TooLarge(`The body has ${declared} bytes; at most ${maxBytes} are read.`);
  const incoming = c.env?.incoming;
  return incoming ? readIncoming(incoming, maxBytes) : readBody(c);
}

export async function readInferRequest(c: Context): Promise<InferRequest> {
  const body = await decompress(await readRaw(c), c.req.header("content-encoding"));
  return parseInferRequest(body, c.req.header("inference-header-content-length"));
}
