/** Tensors, requests and answers of an endpoint, and what a page shows of one. Browser-safe. */
import { z } from "zod";
import { ModelName, type TensorInfo } from "../contract";

export const datatypes = [
  "BOOL", "UINT8", "UINT16", "UINT32", "UINT64", "INT8", "INT16", "INT32", "INT64", "FP16", "FP32", "FP64", "BYTES",
] as const;
export const Datatype = z.enum(datatypes);
export type Datatype = z.infer<typeof Datatype>;

export type TensorData =
  | Uint8Array | Uint16Array | Uint32Array | BigUint64Array | Int8Array | Int16Array | Int32Array | BigInt64Array
  | Float32Array | Float64Array | string[];

/** Row-major; `data.length` is the product of `shape`. BOOL is 0 or 1 in bytes, FP16 its raw bits. */
export type Tensor = { name: string; datatype: Datatype; shape: number[]; data: TensorData };

/** Names that a request by keys may carry besides keys and request features. */
export const eventTimeInput = "event_time";
export const predictionIdName = "prediction_id";
export const scoreOutput = "score";
/** What a request by keys was completed to: rows × features in the model's order, absent ones null. */
export const completedOutput = "completed_features";
export const maxKeyedRows = 10_000;

export const EndpointRef = z.object({
  name: ModelName,
  /** The champion where none is named. */
  version: z.int32().min(1).nullable().default(null),
});
export const InferInput = EndpointRef.extend({
  inputs: z.custom<Tensor[]>(Array.isArray),
  /** All of the model's where none are named. */
  outputs: z.array(z.string()).nullable().default(null),
  /** False for a try: answered and counted, but no inference that monitors see. */
  isLogged: z.boolean().default(true),
});
export const ReadTrafficInput = z.object({ name: ModelName, minutes: z.number().int().min(1).max(7 * 1_440).default(60) });

export type InferAnswer = { model: string; version: number; outputs: Tensor[] };

export type KeyField = { name: string; views: string[] };
export type RequestField = { name: string; dtype: string; unit: string; description: string };
export type EndpointView = {
  model: string; description: string; version: number; isChampion: boolean; versions: number[]; inputs: TensorInfo[]; outputs: TensorInfo[]; features: string[] | null;
  /** Which output is read as the score; null for a model without one. */
  score: string | null;
  /** How it is asked by keys; null for a model without a feature service. */
  byKeys: { service: string; keys: KeyField[]; request: RequestField[] } | null;
};
/** A row to ask with; `name` is the prediction's id, or the dataset and the row's id. */
export type ExampleRow = {
  from: "inference" | "dataset"; name: string; at: Date | null; eventTime: string | null; keys: Record<string, string | number>; features: Record<string, number | null>;
};
export type ServedModel = { name: string; version: number; isChampion: boolean; state: "READY" | "UNAVAILABLE"; reason: string };

export const outcomes = ["ok", "client_error", "server_error"] as const;
export type Outcome = (typeof outcomes)[number];
export type TrafficMinute = { minute: Date; version: number; requests: number; clientErrors: number; serverErrors: number; rows: number; p50Ms: number | null; p99Ms: number | null };
export type TrafficView = {
  minutes: TrafficMinute[];
  total: { requests: number; clientErrors: number; serverErrors: number; rows: number; p50Ms: number | null; p99Ms: number | null };
};
