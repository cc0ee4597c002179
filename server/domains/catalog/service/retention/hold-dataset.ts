/** Referring to a dataset: a temporary one stays for as long as something holds it. */
import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { datasets } from "@/drizzle/schema/catalog";
import { links } from "@/drizzle/schema/platform";
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

/** `holders` gives ids, as text. What they gave up and is still there they hold again; they go on naming what was purged meanwhile. */
export async function holdDatasetsAgain(tx: Tx, projectId: string, fromKind: string, holders: SQL, relation: string): Promise<void> {
  const released = sql`${links.projectId} = ${projectId} and ${links.fromKind} = ${fromKind} and ${links.fromId} in (${holders})
    and ${links.relation} = ${relation} and ${links.toKind} = 'dataset' and not ${links.hold}`;
  await tx.execute(sql`
    with there as materialized (
      select ${datasets.id} from ${datasets}
      where ${datasets.projectId} = ${projectId} and ${datasets.purgedAt} is null and ${datasets.id}::text in (select ${links.toId} from ${links} where ${released})
      for key share
    )
    update ${links} set hold = true where ${released} and ${links.toId} in (select id::text from there)`);
}
