/** Referring to a dataset: a temporary one stays for as long as something holds it. */
import type { Tx } from "@/server/platform/db";
import { Conflict } from "@/server/platform/errors";
import { addLinks, type LinkEnd } from "@/server/platform/links";
import { type HolderIds, lockKeptDataset, restoreHolds } from "../../store/retention";

/** One that is purged is refused; one that is not stays locked until the link is committed. */
export async function holdDataset(tx: Tx, projectId: string, from: LinkEnd, datasetId: string, relation: string): Promise<void> {
  if (!(await lockKeptDataset(tx, projectId, datasetId))) throw new Conflict(`The dataset ${datasetId} is gone or was purged: build it again.`, { field: "dataset" });
  await addLinks(tx, projectId, [{ from, to: { kind: "dataset", id: datasetId }, relation, hold: true }]);
}

/** What the holders gave up and is still there they hold again; they go on naming what was purged meanwhile. */
export async function holdDatasetsAgain(tx: Tx, projectId: string, fromKind: string, holders: HolderIds, relation: string): Promise<void> {
  await restoreHolds(tx, projectId, fromKind, holders, relation);
}
