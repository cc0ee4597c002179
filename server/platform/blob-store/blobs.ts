/** The blob store of this installation, with which project may read what. */
import { join } from "node:path";
import type { Readable } from "node:stream";
import { and, eq } from "drizzle-orm";
import { blobGrants, blobs } from "@/drizzle/schema/platform";
import type { ProjectContext } from "../context";
import { database, type Db } from "../db";
import { env } from "../env";
import { NotFound } from "../errors";
import { authorizeProject } from "../policy/access";
import type { BlobStore } from "./contract";
import { localBlobStore } from "./local";

let store: BlobStore | undefined;

export function blobStore(): BlobStore {
  store ??= localBlobStore(join(env().SLIPWAY_DATA, "blobs"));
  return store;
}

export type StoredBlob = { sha256: string; size: number };

/** Makes verified content readable in a project. */
export async function grantBlob(db: Db, projectId: string, blob: StoredBlob): Promise<void> {
  await db.insert(blobs).values(blob).onConflictDoNothing();
  await db.insert(blobGrants).values({ projectId, sha256: blob.sha256 }).onConflictDoNothing();
}

export async function isBlobGranted(db: Db, projectId: string, sha256: string): Promise<boolean> {
  const [row] = await db
    .select({ sha256: blobGrants.sha256 })
    .from(blobGrants)
    .where(and(eq(blobGrants.projectId, projectId), eq(blobGrants.sha256, sha256)));
  return row !== undefined;
}

/** Stores a stream's bytes for a project; nothing is kept unless the promise holds. */
export async function storeBlob(ctx: ProjectContext, content: Readable, promised: { sha256?: string; size?: number }): Promise<StoredBlob> {
  authorizeProject(ctx, "blobs.storeBlob", "member");
  const blob = await blobStore().put(content, { ...promised, maxBytes: env().SLIPWAY_MAX_ARTIFACT_MB * 1024 * 1024 });
  await grantBlob(database(), ctx.project.id, blob);
  return blob;
}

/** Moves a local file, made by the platform itself, into the store. */
export async function adoptFile(projectId: string, path: string): Promise<StoredBlob> {
  const blob = await blobStore().adopt(path);
  await grantBlob(database(), projectId, blob);
  return blob;
}

/** The size of a blob that the project may read, or NotFound. */
export async function statBlob(ctx: ProjectContext, sha256: string): Promise<StoredBlob> {
  authorizeProject(ctx, "blobs.readBlob", "viewer");
  if (!(await isBlobGranted(database(), ctx.project.id, sha256))) throw new NotFound(`There is no content ${sha256} in this project.`);
  const size = await blobStore().size(sha256);
  if (size === null) throw new NotFound(`The content ${sha256} is gone from the store.`);
  return { sha256, size };
}

