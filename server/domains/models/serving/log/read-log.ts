/** Reading the inference log in the order in which it was written: for whoever follows it with a cursor. */
import type { Db } from "@/server/platform/db";
import { featureNamesByVersion } from "../../store/versions";
import { listInferencesAfter, type ReadInference } from "./store";

export type { ReadInference };

/** The next rows after a sequence number, with the order of logged features of each version. */
export async function readLogAfter(db: Db, modelId: string, sequence: number, limit: number): Promise<{ rows: ReadInference[]; names: Map<number, string[]> }> {
  const rows = await listInferencesAfter(db, modelId, sequence, limit);
  return { rows, names: rows.length > 0 ? await featureNamesByVersion(db, modelId) : new Map() };
}
