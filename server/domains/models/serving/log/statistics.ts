/** What this process has answered since it started, by model and version: the protocol's `/stats` and Prometheus read it. */
import type { Served } from "../served-versions";

export type ServingStatistics = {
  projectId: string; model: string; version: number; success: number; successNs: number; failure: number; failureNs: number; refused: number;
  rows: number; executions: number; inferNs: number; completeNs: number; queueNs: number; lastAtMs: number;
};

const statistics = new Map<string, ServingStatistics>();
const maxModels = 5_000;

export function statisticsOf(served: Pick<Served, "projectId" | "model" | "version">): ServingStatistics {
  const key = `${served.projectId} ${served.version} ${served.model}`;
  const known = statistics.get(key);
  if (known) return known;
  if (statistics.size >= maxModels) statistics.clear();
  const fresh: ServingStatistics = {
    projectId: served.projectId, model: served.model, version: served.version, success: 0, successNs: 0, failure: 0, failureNs: 0, refused: 0,
    rows: 0, executions: 0, inferNs: 0, completeNs: 0, queueNs: 0, lastAtMs: 0,
  };
  statistics.set(key, fresh);
  return fresh;
}

export const allStatistics = (): ServingStatistics[] => [...statistics.values()];
