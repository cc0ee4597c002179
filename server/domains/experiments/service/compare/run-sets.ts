/** Sets of runs by their content: whoever compares the same runs in the same order gets the same address. */
import { createHash } from "node:crypto";
import type { z } from "zod";
import type { Db } from "@/server/platform/db";
import { NotFound } from "@/server/platform/errors";
import { ingest } from "@/server/platform/mutation";
import { type ComparedRuns, KeepRunSetInput } from "../../contract/compare";
import { findRunSet, insertRunSet, sweepRunSets } from "../../store/compare/run-sets";
import { ownRunIds } from "../../store/runs";
import { runHex } from "../runs";

/** A project's, besides those in reports: viewers may keep sets, and each may name a thousand runs. */
const setsKept = 5_000;

/** Whoever may read the runs may look at them together; it says nothing about them, so nobody asks who did it. */
export const keepRunSet = ingest("experiments.keepRunSet", "viewer", KeepRunSetInput, async ({ tx, ctx, input }) => {
  const runIds = [...new Set(input.runIds)];
  const own = await ownRunIds(tx, ctx.project.id, runIds);
  const known = new Set(own);
  const missing = runIds.find((runId) => !known.has(runId));
  if (missing) throw new NotFound(`Run with id=${runHex(missing)} not found`, { field: "runIds" });
  const id = createHash("sha256").update(own.join()).digest("hex").slice(0, 20);
  await insertRunSet(tx, ctx.project.id, id, own);
  await sweepRunSets(tx, ctx.project.id, setsKept);
  return { id };
});

/** Which runs are compared: of those asked for, the ones that are the project's. */
export async function comparedRunIds(db: Db, projectId: string, { runIds, set }: z.output<typeof ComparedRuns>): Promise<{ ids: string[]; missing: number }> {
  const kept = set === null ? null : await findRunSet(db, projectId, set);
  if (set !== null && kept === null) throw new NotFound("This set of runs is not known here.");
  const asked = kept ?? [...new Set(runIds)];
  const ids = await ownRunIds(db, projectId, asked);
  return { ids, missing: asked.length - ids.length };
}
