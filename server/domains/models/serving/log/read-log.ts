/** Reading the inference log in the order in which it was written: for whoever follows it with a cursor. */
import { and, asc, eq, gt } from "drizzle-orm";
import { inferences, modelVersions } from "@/drizzle/schema/models";
import type { Db } from "@/server/platform/db";
import type { ModelSignature } from "../../contract";

export type ReadInference = { sequence: number; version: number; eventTime: Date; receivedAt: Date; score: number | null; features: number[] | null; weight: number };

export async function readInferencesAfter(db: Db, modelId: string, sequence: number, limit: number): Promise<ReadInference[]> {
  const { version, eventTime, receivedAt, score, features, weight } = inferences;
  return db
    .select({ sequence: inferences.sequence, version, eventTime, receivedAt, score, features, weight })
    .from(inferences)
    .where(and(eq(inferences.modelId, modelId), gt(inferences.sequence, sequence)))
    .orderBy(asc(inferences.sequence))
    .limit(limit);
}

/** The order of logged features, by version. */
export async function featureNamesByVersion(db: Db, modelId: string): Promise<Map<number, string[]>> {
  const rows = await db.select({ version: modelVersions.version, signature: modelVersions.signature }).from(modelVersions).where(eq(modelVersions.modelId, modelId));
  return new Map(rows.flatMap((row) => {
    const names = (row.signature as ModelSignature | null)?.features;
    return names ? [[row.version, names] as const] : [];
  }));
}
