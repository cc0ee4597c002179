/**
 * Fourteen thousand flights of thirty days and three real ONNX models of them, made here: `steady` leans low everywhere,
 * `night-blind` is better than it overall and far worse from 20 h on, `sound` is what the labels were drawn from.
 */
import { readFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";

type Weights = { hour: number; bias: number };

export const variants = { steady: { hour: -0.05, bias: -1.6 }, "night-blind": { hour: 0.15, bias: -3.4 }, sound: { hour: -0.05, bias: -1 } } satisfies Record<string, Weights>;
export type Variant = keyof typeof variants;
export const variantNames: readonly Variant[] = ["steady", "night-blind", "sound"];

const fixtures = join(import.meta.dirname, "..", "..", "server", "domains", "models", "serving", "testing", "fixtures");
export const externalOnnx = (): Buffer => readFileSync(join(fixtures, "external.onnx"));

const float32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
};

function replaceOnce(file: Buffer, from: number, to: number): Buffer {
  const at = file.indexOf(float32(from));
  if (at < 0) throw new Error(`the fixture holds no ${from}`);
  const made = Buffer.from(file);
  float32(to).copy(made, at);
  return made;
}

/** The fixture `first` with other weights of its sum: delay_mean × 0.1 + delay_count × 0.01 + hour × w + bias. */
export function onnxOf(variant: Variant): Buffer {
  const { hour, bias } = variants[variant];
  return replaceOnce(replaceOnce(readFileSync(join(fixtures, "first.onnx")), -0.05, hour), -1, bias);
}

const perDay = 480;
const atNight = 18;
const logit = ({ hour, bias }: Weights) => `1 / (1 + exp(-(0.1 * delay_mean + 0.01 * delay_count + ${hour} * hour + ${bias})))`;

const flightsSql = `select *, (drawn < ${logit(variants.sound)})::integer as late from (
  select i as flight_id, 'A' || (i % 40) as airport, date '2001-04-01' + (i // ${perDay})::integer as day,
    (date '2001-04-01' + (i // ${perDay})::integer)::timestamp + to_seconds((i % ${perDay}) * 170) as t,
    case when i % ${perDay} < ${atNight} then 20 + i % 4 else 10 + i % 5 end::double as hour,
    ((hash(i) % 1000)::double / 1000 * 40 - 10)::float::double as delay_mean, (hash(i + 1000000) % 60)::double as delay_count,
    (hash(i + 2000000) % 100000)::double / 100000 as drawn
  from range(${perDay * 30}) r(i))`;

/** Parquet of the flights, and of each model's scores. */
export async function makeTinyFlights(): Promise<{ flights: Buffer; scores: Record<Variant, Buffer> }> {
  const folder = await mkdtemp(join(tmpdir(), "slipway-tiny-"));
  const connection = await (await DuckDBInstance.create()).connect();
  const write = async (name: string, select: string) => {
    const path = join(folder, name);
    await connection.run(`copy (${select}) to '${path}' (format parquet)`);
    return readFile(path);
  };
  try {
    await connection.run(`create table flights as ${flightsSql}`);
    const scoresOf = (variant: Variant) => write(`${variant}.parquet`, `select flight_id, ${logit(variants[variant])} as score from flights`);
    const flights = await write("flights.parquet", "select * exclude drawn from flights");
    return { flights, scores: { steady: await scoresOf("steady"), "night-blind": await scoresOf("night-blind"), sound: await scoresOf("sound") } };
  } finally {
    connection.closeSync();
    await rm(folder, { recursive: true, force: true });
  }
}
