/** Deleting is soft; a purge is what frees the space, and says how much. */
import { z } from "zod";
import { database } from "@/server/platform/db";
import { Conflict } from "@/server/platform/errors";
import { mutation, query } from "@/server/platform/mutation";
import { defineOperation, startOperation } from "@/server/platform/operations";
import { countDeletedRuns, type Purged, purgeDeletedRows } from "../../store/purge";

const runsAtOnce = 50;

/** What was deleted by then, as `previewPurge` counted it: what others delete meanwhile is not gone by a word that was said before. */
const Deleted = z.object({ asOf: z.iso.datetime() });

/** A batch in a transaction of its own, with its row in the audit: a kill between two leaves each run whole or gone. */
const purgeBatch = mutation("experiments.purgeRuns", "maintainer", Deleted, async ({ tx, ctx, input, subject, publish }): Promise<Purged> => {
  const purged = await purgeDeletedRows(tx, ctx.project.id, input.asOf, runsAtOnce);
  subject({ kind: "project", id: ctx.project.id, name: ctx.project.name }, purged);
  if (purged.runs > 0) publish("runs", "experiments");
  return purged;
});

const purge = defineOperation({
  kind: "experiments.purgeDeletedRuns",
  schema: Deleted,
  queue: "purge",
  run: async ({ ctx, payload, progress }) => {
    const { purgeable } = await countDeletedRuns(database(), ctx.project.id, payload.asOf);
    const total: Purged = { runs: 0, points: 0, artifacts: 0, metricBytes: 0, artifactBytes: 0 };
    for (;;) {
      await progress("purging", purgeable === 0 ? null : Math.min(1, total.runs / purgeable));
      const done = await purgeBatch(ctx, payload);
      if (done.runs === 0) return total;
      for (const key of Object.keys(total) as (keyof Purged)[]) total[key] += done[key];
    }
  },
});

/** How many deleted runs a purge would take, and how many stay because a model version or an evaluation rests on them, or because they run. */
export const previewPurge = query("experiments.previewPurge", "maintainer", z.object({}), async ({ db, ctx }) => countDeletedRuns(db, ctx.project.id, null));

/** Runs that were deleted by then, alone or with their experiments, for good: as many as `previewPurge` said. */
export const purgeDeletedRuns = mutation("experiments.purgeDeletedRuns", "maintainer", Deleted.extend({ purgeable: z.number().int().min(0) }), async (write) => {
  const { tx, ctx, input: { purgeable, asOf }, subject } = write;
  const now = await countDeletedRuns(tx, ctx.project.id, asOf);
  // One whose deletion was on its way when they were counted bears an earlier time.
  if (now.purgeable !== purgeable) throw new Conflict(`There are ${now.purgeable} runs to purge now, not ${purgeable}. Look again.`, { field: "purgeable" });
  const of = { kind: "project", id: ctx.project.id, name: ctx.project.name };
  subject(of);
  return startOperation(write, purge, of, { asOf });
});
