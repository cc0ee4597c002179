/** Trials end as their runs did, once the job is over: its exit code has the last word on a run. */
import { isFinished } from "@/server/domains/compute/rules/job-state";
import type { JobSummary } from "@/server/domains/compute/contract/job";
import { listJobs } from "@/server/domains/compute/service/read-jobs";
import type { ProjectContext } from "@/server/platform/context";
import { database } from "@/server/platform/db";
import { publishLive } from "@/server/platform/live/publish";
import type { RunView } from "../../contract/run";
import { objectiveValue, type Reported, reportedOf } from "../../rules/sweeps/next-step";
import { setFailure } from "../../store/run-states";
import { hydrateRuns } from "../../store/run-views";
import type { SweepRow } from "../../store/sweeps/sweeps";
import { type Ending, endTrial, type TrialRow } from "../../store/sweeps/trials";
import { readChartSeries } from "../metrics/charts";
import { runTopics } from "../runs";
import { sweepTopics } from "./sweep-context";

/** Of a longer curve the pruner sees so many points: each extremum, and the ends. */
const pointsRead = 2_000;

export async function readReported(ctx: ProjectContext, sweep: SweepRow, runIds: string[]): Promise<Map<string, Reported>> {
  if (runIds.length === 0) return new Map();
  const series = await readChartSeries(ctx, { runIds, keys: [sweep.spec.objective.metric], points: pointsRead });
  return new Map(series.map(({ runId, points }) => [runId, reportedOf(points)]));
}

const secondsOf = ({ startedAt, finishedAt }: JobSummary, now = new Date()): number => (startedAt ? Math.max(0, ((finishedAt ?? now).getTime() - startedAt.getTime()) / 1_000) : 0);

function endingOf(sweep: SweepRow, trial: TrialRow, run: RunView, job: JobSummary): Ending {
  const value = objectiveValue(sweep.spec.objective, run.metrics);
  const { metric } = sweep.spec.objective;
  if (run.status === "FINISHED") return value === null ? { state: "failed", failure: `It logged no ${metric} that is a number.` } : { state: "complete", value };
  const isCancelled = job.state === "cancelled" || job.cancelRequestedAt !== null;
  if (isCancelled && trial.prunedAtStep !== null) return { state: "pruned", value, failure: `Pruned at step ${trial.prunedAtStep}.` };
  return { state: isCancelled ? "cancelled" : "failed", failure: run.failure ?? job.message ?? "It did not finish." };
}

type Open = { trial: TrialRow; run: RunView | undefined; job: JobSummary | undefined };

async function readOpen(ctx: ProjectContext, trials: readonly TrialRow[], metric: string): Promise<Open[]> {
  const open = trials.filter(({ state }) => state === "launched");
  const runIds = open.flatMap(({ runId }) => (runId === null ? [] : [runId]));
  const found = await hydrateRuns(database(), ctx.project.id, runIds, { metrics: [metric], params: [], tags: [] });
  const byRun = new Map(found.map((run) => [run.id, run]));
  const jobIds = found.flatMap(({ jobId }) => (jobId === null ? [] : [jobId]));
  const byJob = new Map((await listJobs(ctx, { ids: jobIds, limit: 200 })).jobs.map((job) => [job.id, job]));
  return open.map((trial) => {
    const run = byRun.get(trial.runId ?? "");
    return { trial, run, job: byJob.get(run?.jobId ?? "") };
  });
}

async function settle(ctx: ProjectContext, sweep: SweepRow, { trial, run }: Open, ending: Ending): Promise<void> {
  const isEnded = await database().transaction(async (tx) => {
    if (!(await endTrial(tx, sweep.id, trial.number, ending))) return false;
    if (run && ending.state === "pruned") await setFailure(tx, run.id, ending.failure ?? null);
    return true;
  });
  if (isEnded) publishLive(ctx.project.id, [...sweepTopics(sweep.id), ...(run ? runTopics(run.id) : [])]);
}

/** Seconds: of what goes on. */
export type Settled = { completed: number; secondsOpen: number };

export async function settleTrials(ctx: ProjectContext, sweep: SweepRow, trials: readonly TrialRow[]): Promise<Settled> {
  const settled: Settled = { completed: 0, secondsOpen: 0 };
  for (const open of await readOpen(ctx, trials, sweep.spec.objective.metric)) {
    const { run, job } = open;
    if (!run || !job) {
      await settle(ctx, sweep, open, { state: "failed", failure: "Its run is gone." });
      continue;
    }
    // The run is still open where its job's end has not been delivered yet: that comes back here.
    if (!isFinished(job.state) || run.status === "RUNNING" || run.status === "SCHEDULED") {
      settled.secondsOpen += secondsOf(job);
      continue;
    }
    const ending = endingOf(sweep, open.trial, run, job);
    const reported = sweep.spec.pruner.kind === "none" ? [] : ((await readReported(ctx, sweep, [run.id])).get(run.id) ?? []);
    await settle(ctx, sweep, open, { ...ending, seconds: secondsOf(job), reported });
    if (ending.state === "complete") settled.completed += 1;
  }
  return settled;
}
