/** A run's checkpoints, and the files of one of them as a job takes them. */
import type { Db } from "@/server/platform/db";
import { NotFound } from "@/server/platform/errors";
import { query } from "@/server/platform/mutation";
import type { Checkpoint } from "../../contract/again/resume-repeat";
import { checkpointFolder } from "../../contract/again/again-words";
import { RunRef } from "../../contract/run";
import { checkpointsOf } from "../../rules/again/checkpoints";
import { pathOfArtifactUri } from "../../rules/artifact-path";
import { readCheckpointFiles } from "../../store/again/checkpoint-files";
import { findArtifact, listArtifactFiles } from "../../store/artifacts";
import type { RunRow } from "../../store/runs";
import { requireRun } from "../runs";

const filesRead = 20_000;
/** What a job takes beside its other inputs. */
export const filesAtMost = 900;

const rootOf = (run: RunRow) => pathOfArtifactUri(run.artifactUri)?.replace(/\/+$/, "") ?? null;

async function readCheckpoints(db: Db, projectId: string, run: RunRow): Promise<Checkpoint[]> {
  const root = rootOf(run);
  return root === null ? [] : checkpointsOf(await readCheckpointFiles(db, projectId, root, filesRead));
}

/** Newest first. Of a run whose artifacts lie elsewhere: none. */
export const listCheckpoints = query("experiments.listCheckpoints", "viewer", RunRef, async ({ db, ctx, input }) =>
  readCheckpoints(db, ctx.project.id, await requireRun(db, ctx.project.id, input.runId)),
);

export type CheckpointFiles = { checkpoint: Checkpoint; path: string; files: { path: string; sha256: string }[] };

/** The one that was chosen, or the newest; its files where the job will find them. */
export async function requireCheckpoint(db: Db, projectId: string, run: RunRow, chosen: string | null): Promise<CheckpointFiles> {
  const known = await readCheckpoints(db, projectId, run);
  const checkpoint = chosen === null ? known[0] : known.find(({ path }) => path === chosen);
  const root = rootOf(run);
  if (!checkpoint || root === null) throw new NotFound(chosen === null ? "The run logged no checkpoint below checkpoints/." : `The run has no checkpoint '${chosen}'.`, { field: "checkpoint" });
  const whole = `${root}/${checkpoint.path}`;
  const one = checkpoint.isFolder ? null : await findArtifact(db, projectId, whole);
  const rows = one ? [one] : await listArtifactFiles(db, projectId, whole, filesAtMost + 1);
  const path = `${checkpointFolder}/${checkpoint.path.slice(checkpoint.path.lastIndexOf("/") + 1)}`;
  return { checkpoint, path, files: rows.map((row) => ({ path: `${path}${row.path.slice(whole.length)}`, sha256: row.sha256 })) };
}
