/** Runs logged over the tracking protocol, as a script would. */
import { baseUrl, connect } from "../instance";

async function track<T>(path: string, body: unknown, method = "POST"): Promise<T> {
  const response = await fetch(`${baseUrl}/api/2.0/mlflow/${path}`, {
    method,
    headers: { authorization: `Bearer ${connect.SLIPWAY_TOKEN}`, "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

export async function makeExperiment(name: string): Promise<string> {
  const { experiment_id } = await track<{ experiment_id: string }>("experiments/create", { name });
  return experiment_id;
}

export type TrackedRun = { name: string; params?: Record<string, string>; metrics?: Record<string, number[]>; tags?: Record<string, string>; status?: string };

const pairs = (record: Record<string, string> = {}) => Object.entries(record).map(([key, value]) => ({ key, value }));

/** Gives the run's id in MLflow's spelling, which is also that of its page. */
export async function trackRun(experimentId: string, { name, params, metrics = {}, tags, status = "FINISHED" }: TrackedRun): Promise<string> {
  const start = Date.now() - 60_000;
  const made = await track<{ run: { info: { run_id: string } } }>("runs/create", { experiment_id: experimentId, run_name: name, start_time: start });
  const runId = made.run.info.run_id;
  const points = Object.entries(metrics).flatMap(([key, values]) => values.map((value, step) => ({ key, value: Number.isFinite(value) ? value : String(value), step, timestamp: start + step * 100 })));
  await track("runs/log-batch", { run_id: runId, params: pairs(params), metrics: points, tags: pairs(tags) });
  if (status !== "RUNNING") await track("runs/update", { run_id: runId, status, end_time: Date.now() });
  return runId;
}

export async function logMetric(runId: string, key: string, value: number, step: number): Promise<void> {
  await track("runs/log-metric", { run_id: runId, key, value, step, timestamp: Date.now() });
}

export async function setTag(runId: string, key: string, value: string): Promise<void> {
  await track("runs/set-tag", { run_id: runId, key, value });
}

export async function endRun(runId: string): Promise<void> {
  await track("runs/update", { run_id: runId, status: "FINISHED", end_time: Date.now() });
}

export async function putArtifact(experimentId: string, runId: string, path: string, content: string | Buffer): Promise<void> {
  const body = typeof content === "string" ? content : new Uint8Array(content);
  const response = await fetch(`${baseUrl}/api/2.0/mlflow-artifacts/artifacts/${experimentId}/${runId}/artifacts/${path}`, {
    method: "PUT",
    headers: { authorization: `Bearer ${connect.SLIPWAY_TOKEN}` },
    body,
  });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
}

export const unique = (word: string): string => `${word}-${Date.now().toString(36)}-${Math.floor(Math.random() * 1_000)}`;

/** A logged model whose files are there. */
export async function logModel(experimentId: string, name: string): Promise<void> {
  const { model } = await track<{ model: { info: { model_id: string } } }>("logged-models", { experiment_id: experimentId, name });
  await track(`logged-models/${model.info.model_id}`, { status: "LOGGED_MODEL_READY" }, "PATCH");
}

type StoredRun = { info: { status: string }; data: { metrics?: { key: string; value: number }[] } };

export async function getRun(runId: string): Promise<StoredRun> {
  const { run } = await track<{ run: StoredRun }>(`runs/get?run_id=${runId}`, undefined, "GET");
  return run;
}

/** As a script that goes on with a run does. */
export async function reopenRun(runId: string): Promise<void> {
  await track("runs/update", { run_id: runId, status: "RUNNING" });
}

export async function logMetrics(runId: string, key: string, { from, values }: { from: number; values: number[] }): Promise<void> {
  const metrics = values.map((value, i) => ({ key, value, step: from + i, timestamp: Date.now() + i }));
  await track("runs/log-batch", { run_id: runId, metrics });
}
