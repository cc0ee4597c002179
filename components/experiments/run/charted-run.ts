/** One run as its charts are given it: metrics of the machine stand under System, all others under Charts. Pure. */
import type { RunDetail } from "@/server/domains/experiments/contract/run";
import type { Charted } from "../charts/charted";
import { promisedMetric } from "./promised-metric";

const isOfSystem = (key: string) => key.startsWith("system/");

export function chartedOf(project: string, run: Pick<RunDetail, "id" | "name" | "metrics" | "promises">, part: "system" | "own"): Charted {
  const metrics = run.metrics.filter(({ key }) => isOfSystem(key) === (part === "system"));
  return {
    project, asked: { runIds: [run.id] }, topics: [`run:${run.id}`], runs: [{ id: run.id, name: run.name }],
    metrics: metrics.map(({ key, count }) => ({ ...promisedMetric(run, key), points: count, total: count })),
  };
}
