/** A sweep of 40 runs on the local agent, with server and worker killed twice in it: 40 runs, none lost, none twice. */
import { expect, test } from "../fixtures";
import { findProcess, type Target } from "../chaos/process-tree";
import { registerSweepRecipe } from "../experiments/sweeps/sweep-recipe";
import { api, project } from "../instance";

const runs = 40;
const supervisor = Number(process.env.SLIPWAY_E2E_PID);
const recipe = "valley-kills";

type Trial = { number: number; state: string; value: number | null; runId: string | null; params: Record<string, number | string> };
type Sweep = { state: string; reason: string | null; counts: Record<string, number>; best: { number: number; value: number } | null; trials: Trial[] };
type Run = { launch: { parameters: Record<string, unknown> }; jobId: string; tags: { key: string; value: string }[]; status: string };

test.setTimeout(15 * 60_000);

/** The server is away for moments of this test. */
const read = <T>(path: string) => api<T>("GET", path).catch(() => null);

async function until(sweepId: string, isIt: (sweep: Sweep) => boolean): Promise<Sweep> {
  let found: Sweep | null = null;
  const look = async () => {
    const sweep = await read<Sweep>(`/sweeps/${sweepId}`);
    if (sweep && isIt(sweep)) found = sweep;
    return found !== null;
  };
  await expect.poll(look, { timeout: 8 * 60_000, intervals: [250] }).toBe(true);
  if (!found) throw new Error("the sweep was not read");
  return found;
}

function kill(targets: readonly Target[]): void {
  for (const target of targets) {
    const pid = findProcess(supervisor, target);
    if (pid === null) throw new Error(`${target} does not run`);
    process.kill(pid, "SIGKILL");
  }
}

test("server and worker are killed twice in a sweep of 40 runs", async ({ page }) => {
  await registerSweepRecipe(recipe, recipe);
  const { sweepId } = await api<{ sweepId: string }>("POST", "/sweeps", {
    name: "killed twice", recipe, parameters: { steps: 4, pause: 0.3 }, objective: { metric: "loss", direction: "minimize" }, budget: { runs }, parallelism: 4, seed: 11,
    space: [{ name: "rate", kind: "float", low: 0.0001, high: 1, log: true }, { name: "width", kind: "int", low: 1, high: 100 }, { name: "shape", kind: "choice", values: ["flat", "deep"] }],
  });
  for (const done of [6, 20]) {
    await until(sweepId, ({ counts }) => (counts.complete ?? 0) >= done);
    kill(["worker", "server"]);
  }
  const sweep = await until(sweepId, ({ state }) => state !== "running");
  expect(sweep).toMatchObject({ state: "finished", reason: "All runs of its budget are done.", counts: { complete: runs, failed: 0, cancelled: 0 } });
  expect(sweep.trials.map(({ number }) => number)).toEqual(Array.from({ length: runs }, (_, index) => index));
  expect(new Set(sweep.trials.map(({ runId }) => runId)).size).toBe(runs);
  expect(new Set(sweep.trials.map(({ params }) => JSON.stringify(params))).size).toBe(runs);

  const all = await Promise.all(sweep.trials.map(({ runId }) => api<Run>("GET", `/runs/${runId}`)));
  expect(all.map((run) => run.status)).toEqual(Array(runs).fill("FINISHED"));
  expect(all.map((run) => run.tags.find(({ key }) => key === "slipway.trial")?.value)).toEqual(sweep.trials.map(({ number }) => String(number)));
  for (const [index, trial] of sweep.trials.entries()) expect(all[index]?.launch.parameters).toMatchObject(trial.params);
  // No job beside those of the trials was ever made.
  const { jobs } = await api<{ jobs: { id: string; labels: Record<string, string> }[] }>("GET", "/jobs?limit=200");
  expect(jobs.filter(({ labels }) => labels.recipe === recipe).map(({ id }) => id).sort()).toEqual(all.map(({ jobId }) => jobId).sort());

  const least = Math.min(...sweep.trials.map(({ value }) => value ?? Number.POSITIVE_INFINITY));
  expect(sweep.best?.value).toBe(least);
  await page.goto(`/${project}/experiments/sweeps/${sweepId}`);
  await expect(page.getByRole("link", { name: `run #${sweep.best?.number}` })).toBeVisible();
  const first = page.getByRole("region", { name: "Trials" }).getByRole("row").nth(1);
  await expect(first).toContainText(`#${sweep.best?.number}`);
  await expect(first).toContainText("best");
});
