/** The blob store of this installation, with which project may read what. */
import { join } from "node:path";
import type { Readable } from "node:stream";
import { and, eq, sql } from "drizzle-orm";
import { blobGrants, blobs } from "@/drizzle/schema/platform";
import type { ProjectContext } from "../context";
import { database, type Db, type Tx } from "../db";
import { env } from "../env";
import { NotFound } from "../errors";
import { authorizeProject } from "../policy/access";
import type { BlobStore, StagedBlob } from "./contract";
import { localBlobStore } from "./local";

let store: BlobStore | undefined;

export function blobStore(): BlobStore {
  store ??= localBlobStore(join(env().SLIPWAY_DATA, "blobs"));
  return store;
}

export type StoredBlob = { sha256: string; size: number };

/** One at a time may reveal or remove a content's file; held to the transaction's end. */
export async function lockBlob(tx: Tx, sha256: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`blob ${sha256}`}, 0))`);
}

async function isBlobGranted(db: Db, projectId: string, sha256: string): Promise<boolean> {
  const [row] = await db
    .select({ sha256: blobGrants.sha256 })
    .from(blobGrants)
    .where(and(eq(blobGrants.projectId, projectId), eq(blobGrants.sha256, sha256)));
  return row !== undefined;
}

/**
 * Makes verified content readable in a project. The file is revealed inside the transaction that writes its row and
 * under its lock, so a sweep of the same content comes wholly before (and is undone) or after (and finds it young).
 */
async function keepBlob(projectId: string, staged: StagedBlob): Promise<StoredBlob> {
  const { sha256, size } = staged;
  try {
    await database().transaction(async (tx) => {
      await lockBlob(tx, sha256);
      await tx.insert(blobs).values({ sha256, size }).onConflictDoUpdate({ target: blobs.sha256, set: { lastPutAt: sql`now()`, freeSince: null } });
      await tx.insert(blobGrants).values({ projectId, sha256 }).onConflictDoNothing();
      await staged.reveal();
    });
  } catch (error) {
    await staged.discard();
    throw error;
  }
  return { sha256, size };
}

/** Stores a stream's bytes for a project; nothing is kept unless the promise holds. */
export async function storeBlob(ctx: ProjectContext, content: Readable, promised: { sha256?: string; size?: number }): Promise<StoredBlob> {
  authorizeProject(ctx, "blobs.storeBlob", "member");
  return keepBlob(ctx.project.id, await blobStore().stage(content, { ...promised, maxBytes: env().SLIPWAY_MAX_ARTIFACT_MB * 1024 * 1024 }));
}

/** Moves a local file, made by the platform itself, into the store. */
export async function adoptFile(projectId: string, path: string): Promise<StoredBlob> {
  return keepBlob(projectId, await blobStore().stageFile(path));
}

/** Whoever asks for content may be about to refer to it instead of sending it again: it counts as put. */
async function touchBlob(sha256: string): Promise<void> {
  await database()
    .update(blobs)
    .set({ lastPutAt: sql`now()` })
    .where(and(eq(blobs.sha256, sha256), sql`${blobs.lastPutAt} < now() - interval '1 hour'`));
}

/** The size of a blob that the project may read, or NotFound. */
export async function statBlob(ctx: ProjectContext, sha256: string): Promise<StoredBlob> {
  authorizeProject(ctx, "blobs.readBlob", "viewer");
  if (!(await isBlobGranted(database(), ctx.project.id, sha256))) throw new NotFound(`There is no content ${sha256} in this project.`);
  await touchBlob(sha256);
  const size = await blobStore().size(sha256);
  if (size === null) throw new NotFound(`The content ${sha256} is gone from the store.`);
  return { sha256, size };
}
