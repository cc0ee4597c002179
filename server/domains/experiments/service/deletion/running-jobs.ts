/** What goes on in what is deleted: launched runs whose jobs are open, and sweeps. Whoever deletes says what becomes of them. */
import { cancelJob } from "@/server/domains/compute/service/cancel-job";
import type { ProjectContext } from "@/server/platform/context";
import type { Tx } from "@/server/platform/db";
import { Conflict } from "@/server/platform/errors";
import type { Write } from "@/server/platform/mutation";
import type { RunningChoice } from "../../contract/run";
import { listOpenRunsIn, listOpenRunsOf, type OpenRun } from "../../store/run-jobs";
import { listRunningSweeps } from "../../store/sweeps/sweeps";
import { stopSweep } from "../sweeps/control-sweep";

type Running = { runs: OpenRun[]; sweeps: { id: string; name: string }[] };

const named = 20;

export async function runningIn(tx: Tx, projectId: string, experimentId: string): Promise<Running> {
  const sweeps = await listRunningSweeps(tx, projectId, experimentId);
  return { runs: await listOpenRunsIn(tx, projectId, experimentId), sweeps };
}

export async function runningOf(tx: Tx, projectId: string, runIds: readonly string[]): Promise<Running> {
  return { runs: await listOpenRunsOf(tx, projectId, runIds), sweeps: [] };
}

const counted = (count: number, noun: string) => (count === 0 ? [] : [`${count} ${noun}${count === 1 ? "" : "s"}`]);

function askWhat({ runs, sweeps }: Running): Conflict {
  const what = [...counted(runs.length, "run"), ...counted(sweeps.length, "sweep")].join(" and ");
  const names = [...sweeps, ...runs].map(({ name }) => name);
  const list = `${names.slice(0, 3).join(", ")}${names.length > 3 ? ", …" : ""}`;
  const detail = { field: "running", next: "Send running: stop, or leave.", runs: runs.slice(0, named).map(({ id, name }) => ({ id, name })), sweeps: sweeps.slice(0, named) };
  return new Conflict(`running: ${what} still at work (${list}). Say whether to stop what runs or to leave it to its end.`, { ...detail, count: runs.length + sweeps.length });
}

/** Asks by a Conflict, unless it was said: now, or when the runs were deleted before. A sweep plans no more runs either way: there is no place for them. */
export async function settleRunning(write: Write<ProjectContext, unknown>, choice: RunningChoice, running: Running): Promise<void> {
  if (running.runs.length + running.sweeps.length === 0) return;
  if (choice === null) {
    if (running.sweeps.length > 0 || running.runs.some(({ isActive }) => isActive)) throw askWhat(running);
    return;
  }
  for (const { id } of running.sweeps) await stopSweep.within(write, { sweepId: id, cancelRuns: choice === "stop" });
  if (choice !== "stop") return;
  for (const { jobId } of running.runs) {
    // One that ended meanwhile needs no cancelling.
    await cancelJob.within(write, { jobId }).catch((error) => {
      if (!(error instanceof Conflict)) throw error;
    });
  }
}
