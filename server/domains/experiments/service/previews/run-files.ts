import { query } from "@/server/platform/mutation";
import type { ArtifactRow } from "../../contract/artifact";
import { RunRef } from "../../contract/run";
import { pathOfArtifactUri } from "../../rules/artifact-path";
import { listKeptFiles } from "../artifacts";
import { requireRun } from "../runs";

const filesAtMost = 2_000;

/** All files of a run, in all its folders, with paths below its root; to be held against another run's. */
export const listRunFiles = query("experiments.listRunFiles", "viewer", RunRef, async ({ db, ctx, input }): Promise<{ rootUri: string; files: ArtifactRow[]; isCut: boolean }> => {
  const { artifactUri } = await requireRun(db, ctx.project.id, input.runId);
  const root = pathOfArtifactUri(artifactUri)?.replace(/\/$/, "") ?? null;
  const kept = root === null ? [] : await listKeptFiles(db, ctx.project.id, root);
  return { rootUri: artifactUri, files: kept.slice(0, filesAtMost).map((row) => ({ ...row, path: row.path.slice((root?.length ?? 0) + 1) })), isCut: kept.length > filesAtMost };
});
