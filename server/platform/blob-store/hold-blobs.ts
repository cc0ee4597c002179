/**
 * Referring to content. Every reference is a foreign key on `blobs`: a column's own (`blobRef` in the schema) or, for
 * a hash inside a document, a row of `blob_holds`. Either locks the blob's row, so that the sweep waits and then sees it.
 */
import { and, eq, inArray, sql } from "drizzle-orm";
import { blobGrants, blobHolds, blobs } from "@/drizzle/schema/platform";
import type { Db, Tx } from "../db";
import { Invalid, type ServiceError } from "../errors";

export type BlobHolder = { kind: "job" | "operation"; id: string };

/** Which of these the project may not refer to: never put, of another project, or swept. The others stay till the end of the transaction. */
async function findMissing(tx: Tx, projectId: string, hashes: readonly string[]): Promise<string | null> {
  const found = await tx
    .select({ sha256: blobs.sha256 })
    .from(blobs)
    .innerJoin(blobGrants, and(eq(blobGrants.sha256, blobs.sha256), eq(blobGrants.projectId, projectId)))
    .where(inArray(blobs.sha256, [...hashes]))
    .orderBy(blobs.sha256)
    .for("key share", { of: blobs });
  const known = new Set(found.map((row) => row.sha256));
  return hashes.find((sha256) => !known.has(sha256)) ?? null;
}

/** Of these the ones that the project has not now; whoever refers to one asks again with its write. */
export async function listMissing(db: Db, projectId: string, hashes: readonly string[]): Promise<Set<string>> {
  if (hashes.length === 0) return new Set();
  const found = await db.select({ sha256: blobGrants.sha256 }).from(blobGrants).innerJoin(blobs, eq(blobs.sha256, blobGrants.sha256)).where(and(eq(blobGrants.projectId, projectId), inArray(blobGrants.sha256, [...hashes])));
  const known = new Set(found.map((row) => row.sha256));
  return new Set(hashes.filter((sha256) => !known.has(sha256)));
}

const missing = (field: string, sha256: string): ServiceError => new Invalid(`${field}: upload the content first (PUT /api/v1/blobs/${sha256}).`, { field });

/** That the project has the content, from now to the end of the transaction: what is to be referred to is asked for with this. */
export async function requireBlob(tx: Tx, projectId: string, field: string, sha256: string): Promise<void> {
  if ((await findMissing(tx, projectId, [sha256])) !== null) throw missing(field, sha256);
}

/** Keeps content alive for what names it inside a document, until `releaseBlobs`. `refusal`: what is said of one that is not there. */
export async function holdBlobs(tx: Tx, projectId: string, holder: BlobHolder, contents: readonly { field: string; sha256: string }[], refusal = missing): Promise<void> {
  if (contents.length === 0) return;
  const gone = await findMissing(tx, projectId, contents.map(({ sha256 }) => sha256));
  if (gone !== null) throw refusal(contents.find(({ sha256 }) => sha256 === gone)?.field ?? "sha256", gone);
  const rows = contents.map(({ sha256 }) => ({ holderKind: holder.kind, holderId: holder.id, sha256 }));
  await tx.insert(blobHolds).values(rows).onConflictDoNothing();
}

export function releaseBlobs(db: Db, { kind, id }: BlobHolder): Promise<void> {
  return releaseBlobsOf(db, kind, [id]);
}

/** What is released has its grace anew, for it may have been held and let go between two sweeps. In one order, so that two never wait for each other. */
export async function releaseBlobsOf(db: Db, kind: BlobHolder["kind"], ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const released = await db.delete(blobHolds).where(and(eq(blobHolds.holderKind, kind), inArray(blobHolds.holderId, [...ids]))).returning({ sha256: blobHolds.sha256 });
  const hashes = [...new Set(released.map((row) => row.sha256))];
  if (hashes.length === 0) return;
  const inOrder = db.select({ sha256: blobs.sha256 }).from(blobs).where(inArray(blobs.sha256, hashes)).orderBy(blobs.sha256).for("no key update");
  await db.update(blobs).set({ lastPutAt: sql`now()` }).where(inArray(blobs.sha256, inOrder));
}

/** Columns whose foreign key says that they keep content alive, as the database has them. */
export async function listBlobColumns(db: Db): Promise<{ table: string; column: string }[]> {
  const { rows } = await db.execute<{ table: string; column: string }>(sql`
    select c.conrelid::regclass::text as table, a.attname as column
    from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.confrelid = 'blobs'::regclass and c.conrelid <> 'blob_grants'::regclass
    order by 1, 2`);
  return rows;
}
