/** Retention of temporary datasets: one that nothing uses gives its content back after its days; its row stays and says so. */
import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { datasets } from "@/drizzle/schema/catalog";
import { projects } from "@/drizzle/schema/identity";
import { systemContext } from "@/server/platform/context";
import { database } from "@/server/platform/db";
import { env } from "@/server/platform/env";
import { Conflict } from "@/server/platform/errors";
import { assertNotHeld } from "@/server/platform/links";
import { logger } from "@/server/platform/log";
import { mutation } from "@/server/platform/mutation";
import { DatasetRef } from "../../contract/catalog";

const batch = 100;

const PurgeInput = DatasetRef.extend({ days: z.number().positive() });

const isDue = (days: number) => sql`${datasets.temporarySince} < now() - make_interval(secs => ${days * 86_400})`;

/** Looks for holders only once the row is locked: one that was being written has committed by then, a later one is refused. */
const purgeDataset = mutation("catalog.purgeDataset", "owner", PurgeInput, async ({ tx, ctx, input, subject, publish }) => {
  const mine = and(eq(datasets.projectId, ctx.project.id), eq(datasets.id, input.datasetId));
  const [row] = await tx.select().from(datasets).where(and(mine, isNull(datasets.purgedAt), isDue(input.days))).for("update");
  if (!row) throw new Conflict("It was built anew, or is purged already.");
  const name = `${row.name} v${row.version}`;
  await assertNotHeld(tx, ctx.project.id, { kind: "dataset", id: row.id }, name);
  await tx.update(datasets).set({ purgedAt: sql`now()` }).where(mine);
  subject({ kind: "dataset", id: row.id, name }, { bytes: row.bytes, sha256: row.blobSha256, temporaryDays: input.days });
  publish("catalog", "datasets", `dataset:${row.id}`);
  return { bytes: row.bytes };
});

/** Past their days and held by nothing; `after` passes over those that were refused. */
async function listDue(days: number, after: string) {
  return database()
    .select({ id: datasets.id, project: { id: projects.id, slug: projects.slug, name: projects.name } })
    .from(datasets)
    .innerJoin(projects, eq(projects.id, datasets.projectId))
    .where(
      and(
        isDue(days),
        isNull(datasets.purgedAt),
        sql`${datasets.id} > ${after}`,
        sql`not exists (select 1 from links l where l.project_id = ${datasets.projectId} and l.to_kind = 'dataset' and l.to_id = ${datasets.id}::text and l.hold)`,
      ),
    )
    .orderBy(datasets.id)
    .limit(batch);
}

export async function purgeDatasets(signal: AbortSignal, days = env().SLIPWAY_TEMPORARY_DATASET_DAYS): Promise<number> {
  let purged = 0;
  for (let after = "00000000-0000-0000-0000-000000000000"; !signal.aborted; ) {
    const due = await listDue(days, after);
    for (const { id, project } of due) {
      try {
        await purgeDataset(systemContext(project, "dataset retention"), { datasetId: id, days });
        purged += 1;
      } catch (error) {
        if (!(error instanceof Conflict)) throw error;
        logger.info({ datasetId: id, reason: error.message }, "a temporary dataset is kept");
      }
    }
    const last = due.at(-1);
    if (!last || due.length < batch) break;
    after = last.id;
  }
  return purged;
}
