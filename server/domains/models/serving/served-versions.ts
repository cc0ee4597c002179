/**
 * Which version answers for a name now. An alias is looked up at most once a second and at once when the model's live
 * topic says it changed; a new version is loaded before requests go to it, the old one answers until then.
 */
import { blobStore } from "@/server/platform/blob-store/blobs";
import { database } from "@/server/platform/db";
import { Invalid, NotFound } from "@/server/platform/errors";
import { subscribeLive } from "@/server/platform/live/listen";
import { logger } from "@/server/platform/log";
import { championAlias, type ModelSignature } from "../contract";
import { findAlias } from "../store/aliases";
import { findModel, type ModelRow } from "../store/models";
import { findVersion, findVersionById, listVersionsToServe, type VersionRow } from "../store/versions";
import type { ServedModel } from "./contract";
import type { ModelFile } from "./runtime/messages";
import { loadModel } from "./runtime/runtime";

export type Served = {
  projectId: string; modelId: string; model: string; description: string; service: string | null; versionId: string; version: number; isChampion: boolean;
  signature: ModelSignature; file: ModelFile;
};

type Entry = { projectId: string; name: string; version: number | null; served: Served; checkedAt: number; usedAt: number };

const freshMs = 1_000;
/** How long a request waits for a new champion to load before it goes to the old one. */
const patienceMs = 200;
const warmMs = 10 * 60_000;
const maxEntries = 2_000;
const maxListed = 10_000;

const entries = new Map<string, Entry>();
const checking = new Map<string, Promise<Served>>();

async function namedVersion(model: ModelRow, version: number | null): Promise<{ row: VersionRow; championId: string | null }> {
  const holder = await findAlias(database(), model.id, championAlias);
  const championId = holder?.versionId ?? null;
  if (version !== null) {
    const row = await findVersion(database(), model.id, version);
    if (!row) throw new NotFound(`The model ${model.name} has no version ${version}.`);
    return { row, championId };
  }
  const row = championId ? await findVersionById(database(), model.projectId, championId) : null;
  if (!row) throw new NotFound(`The model ${model.name} has no champion: promote a version, or name one (/versions/N).`);
  return { row, championId };
}

export async function findServed(projectId: string, name: string, version: number | null): Promise<Served> {
  const model = await findModel(database(), projectId, name);
  if (!model) throw new NotFound(`There is no model ${name}.`);
  const { row, championId } = await namedVersion(model, version);
  if (!row.onnxSha256 || !row.signature) throw new Invalid(`Version ${row.version} of ${name} can't serve: ${row.notServable ?? "it has no ONNX file."}`);
  return {
    projectId, modelId: model.id, model: model.name, description: model.description, service: model.service, versionId: row.id, version: row.version,
    isChampion: row.id === championId, signature: row.signature as ModelSignature, file: { sha256: row.onnxSha256, path: await blobStore().localPath(row.onnxSha256) },
  };
}

const pause = (ms: number) => new Promise<false>((resolve) => setTimeout(() => resolve(false), ms).unref());

function keep(key: string, projectId: string, name: string, version: number | null, served: Served): Served {
  if (entries.size >= maxEntries) entries.clear();
  const now = Date.now();
  entries.set(key, { projectId, name, version, served, checkedAt: now, usedAt: now });
  return served;
}

async function check(key: string, projectId: string, name: string, version: number | null): Promise<Served> {
  const found = await findServed(projectId, name, version).catch((error: unknown) => {
    entries.delete(key);
    throw error;
  });
  const known = entries.get(key);
  if (known?.served.file.sha256 === found.file.sha256) return keep(key, projectId, name, version, found);
  if (!known) {
    await loadModel(found.file);
    return keep(key, projectId, name, version, found);
  }
  // A load may take long: by its end the alias may have moved back, and what answers then is not to be replaced.
  const keepUnlessMoved = () => (entries.get(key) === known ? keep(key, projectId, name, version, found) : (entries.get(key)?.served ?? found));
  const loading = loadModel(found.file).then(
    keepUnlessMoved,
    (error: unknown) => {
      logger.error({ err: error, model: name, version: found.version }, "a new version can't be loaded; the old one goes on serving");
      return false as const;
    },
  );
  const switched = await Promise.race([loading, pause(patienceMs)]);
  if (switched) return switched;
  known.checkedAt = Date.now();
  return known.served;
}

function refresh(key: string, projectId: string, name: string, version: number | null): Promise<Served> {
  const running = checking.get(key);
  if (running) return running;
  const started = check(key, projectId, name, version).finally(() => checking.delete(key));
  checking.set(key, started);
  return started;
}

const keyOf = (projectId: string, name: string, version: number | null) => `${projectId} ${version ?? ""} ${name}`;

export async function resolveServed(projectId: string, name: string, version: number | null): Promise<Served> {
  const key = keyOf(projectId, name, version);
  const known = entries.get(key);
  const now = Date.now();
  if (known) known.usedAt = now;
  if (known && now - known.checkedAt < freshMs) return known.served;
  return refresh(key, projectId, name, version);
}

/** Which version a request means, without loading it. */
export async function namedServed(projectId: string, name: string, version: number | null): Promise<Served> {
  return entries.get(keyOf(projectId, name, version))?.served ?? findServed(projectId, name, version);
}

/** Looks up again what a live topic says has changed, before the next request asks. */
function invalidate(projectId: string, topics: readonly string[]): void {
  for (const [key, entry] of entries) {
    if (projectId !== "*" && entry.projectId !== projectId) continue;
    if (!topics.includes("*") && !topics.includes(`model:${entry.name}`)) continue;
    entry.checkedAt = 0;
    if (Date.now() - entry.usedAt < warmMs) refresh(key, entry.projectId, entry.name, entry.version).catch(() => undefined);
  }
}

export const followModels = (): (() => void) => subscribeLive(invalidate);

/** Every version that is there, and whether it can serve. */
export async function listServable(projectId: string): Promise<ServedModel[]> {
  const rows = await listVersionsToServe(database(), projectId, maxListed);
  return rows.map(({ name, version, isChampion, onnx, notServable }) => ({
    name, version, isChampion, state: onnx ? "READY" : "UNAVAILABLE", reason: onnx ? "" : (notServable ?? "It has no ONNX file."),
  }));
}
