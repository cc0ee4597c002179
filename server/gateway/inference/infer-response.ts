/** An answer onto the wire: JSON, with raw tensors after it where the client asked for binary outputs. */
import { promisify } from "node:util";
import { deflate, gzip } from "node:zlib";
import type { Context } from "hono";
import type { InferAnswer } from "@/server/domains/models/serving/contract";
import type { InferRequest } from "./infer-request";
import { bytesOfData, jsonOfData } from "./tensor-data";

/** Below this, compressing costs more than it saves. */
const compressFrom = 16 * 1024;
const compressors = { gzip: promisify<Buffer, Buffer>(gzip), deflate: promisify<Buffer, Buffer>(deflate) };

export type EncodedAnswer = { body: Buffer; jsonLength: number | null };

/** `jsonLength` is null for an answer without binary tensors. */
export function encodeAnswer(answer: InferAnswer, request: Pick<InferRequest, "id" | "isBinary">): EncodedAnswer {
  const raw: Buffer[] = [];
  const outputs = answer.outputs.map(({ name, datatype, shape, data }) => {
    // FP16 has no JSON form: it is sent raw, asked for or not.
    if (!request.isBinary(name) && datatype !== "FP16") return { name, datatype, shape, data: jsonOfData(datatype, data) };
    const bytes = bytesOfData(data);
    raw.push(bytes);
    return { name, datatype, shape, parameters: { binary_data_size: bytes.length } };
  });
  const head = { model_name: answer.model, model_version: String(answer.version), ...(request.id === undefined ? {} : { id: request.id }), outputs };
  const json = Buffer.from(JSON.stringify(head), "utf8");
  return raw.length > 0 ? { body: Buffer.concat([json, ...raw]), jsonLength: json.length } : { body: json, jsonLength: null };
}

function acceptedEncoding(header: string | undefined): keyof typeof compressors | null {
  const accepted = (header ?? "").toLowerCase().split(",").map((part) => part.split(";")[0]?.trim());
  if (accepted.includes("gzip")) return "gzip";
  return accepted.includes("deflate") ? "deflate" : null;
}

export async function sendAnswer(c: Context, { body, jsonLength }: EncodedAnswer): Promise<Response> {
  const headers: Record<string, string> = { "content-type": jsonLength === null ? "application/json" : "application/octet-stream" };
  if (jsonLength !== null) headers["inference-header-content-length"] = String(jsonLength);
  const encoding = body.length >= compressFrom ? acceptedEncoding(c.req.header("accept-encoding")) : null;
  if (!encoding) return c.body(new Uint8Array(body), 200, headers);
  const compressed = await compressors[encoding](body);
  return c.body(new Uint8Array(compressed), 200, { ...headers, "content-encoding": encoding });
}
