/** The example's own training as an oracle: its scripts stop at the first point that is refused, so a finished one was acknowledged whole. */
import { api, baseUrl, connect } from "../instance";
import { readPoints } from "./ledger";

export type ExampleStep = { name: string; state: string; detail: string };
type Run = { info: { run_id: string; run_name: string; status: string }; data: { params?: { key: string; value: string }[] } };

export const readExample = () => api<{ state: string; steps: ExampleStep[] }>("GET", "/example");

export const isTraining = ({ steps }: { steps: ExampleStep[] }) => steps.some(({ name, state }) => name.startsWith("train-") && state === "running");

async function trainingRuns(): Promise<Run[]> {
  const response = await fetch(`${baseUrl}/api/2.0/mlflow/runs/search`, {
    method: "POST",
    headers: { authorization: `Bearer ${connect.SLIPWAY_TOKEN}`, "content-type": "application/json" },
    body: JSON.stringify({ experiment_ids: await experimentIds(), filter: "params.trees != ''", max_results: 100 }),
  });
  if (!response.ok) throw new Error(`the runs were refused: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { runs?: Run[] }).runs ?? [];
}

/** Not the sweep's: its runs are of their own number. */
async function experimentIds(): Promise<string[]> {
  const response = await fetch(`${baseUrl}/api/2.0/mlflow/experiments/search?max_results=100`, { headers: { authorization: `Bearer ${connect.SLIPWAY_TOKEN}` } });
  const { experiments } = (await response.json()) as { experiments: { experiment_id: string; name: string }[] };
  return experiments.filter(({ name }) => !name.endsWith("-sweep")).map(({ experiment_id }) => experiment_id);
}

/** How often each run was begun: an attempt that lost touch for long is queued again, and logs its steps anew in the same run. */
async function countAttempts(): Promise<Map<string, number>> {
  return new Map((await readJobs()).flatMap(({ labels, attempt }) => (labels.run ? [[labels.run, attempt] as const] : [])));
}

export type Curve = { name: string; status: string; key: string; points: number; attempts: number; missing: number[]; doubled: number[] };

/** Each curve of each training run against the steps that its script went through; a step is doubled where it stands oftener than its run was begun. */
export async function readCurves(): Promise<Curve[]> {
  const curves: Curve[] = [];
  const attemptsOf = await countAttempts();
  for (const { info, data } of await trainingRuns()) {
    const attempts = attemptsOf.get(info.run_id) ?? 0;
    const param = (key: string) => data.params?.find((one) => one.key === key)?.value;
    const count = param("model") === "gbdt" ? Number(param("trees")) : 1;
    if (!Number.isInteger(count)) throw new Error(`${info.run_name} does not say how many trees it grew`);
    for (const key of ["train_logloss", "validation_logloss"]) {
      const steps = (await readPoints(info.run_id, key)).map((point) => Number(point.split(":")[0]));
      const missing = Array.from({ length: count }, (_, step) => step).filter((step) => !steps.includes(step));
      const timesOf = (step: number) => steps.filter((one) => one === step).length;
      const doubled = [...new Set(steps)].filter((step) => timesOf(step) > attempts);
      curves.push({ name: info.run_name, status: info.status, key, points: steps.length, attempts, missing, doubled });
    }
  }
  return curves;
}

type Job = { id: string; name: string; state: string; attempt: number; labels: Record<string, string> };

/** Every job that the project has had. */
export async function readJobs(): Promise<Job[]> {
  const all: Job[] = [];
  for (let cursor: string | null = null; ; ) {
    const page: { jobs: Job[]; nextCursor: string | null } = await api("GET", `/jobs?limit=200${cursor ? `&cursor=${cursor}` : ""}`);
    all.push(...page.jobs);
    cursor = page.nextCursor;
    if (cursor === null) return all;
  }
}
