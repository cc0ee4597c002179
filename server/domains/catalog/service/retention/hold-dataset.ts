/** Referring to a dataset: a temporary one stays for as long as something holds it. */
import { and, eq, isNull } from "drizzle-orm";
import { datasets } from "@/drizzle/schema/catalog";
import type { Tx } from "@/server/platform/db";
import { Conflict } from "@/server/platform/errors";
import { addLinks, type LinkEnd } from "@/server/platform/links";

/** The row's lock, which purging waits for, holds it until the link is committed; one that is purged is refused. */
export async function holdDataset(tx: Tx, projectId: string, from: LinkEnd, datasetId: string, relation: string): Promise<void> {
  const [row] = await tx
    .select({ id: datasets.id })
    .from(datasets)
    .where(and(eq(datasets.projectId, projectId), eq(datasets.id, datasetId), isNull(datasets.purgedAt)))
    .for("key share");
  if (!row) throw new Conflict(`The dataset ${datasetId} is gone or was purged: build it again.`, { field: "dataset" });
  await addLinks(tx, projectId, [{ from, to: { kind: "dataset", id: datasetId }, relation, hold: true }]);
}
