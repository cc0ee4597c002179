/** The files of one folder of a repository at one commit: fetched shallow, without a checkout, kept nowhere. */
import { mkdirSync, mkdtempSync } from "node:fs";
import files, { rm } from "node:fs/promises";
import { join } from "node:path";
import type * as Git from "isomorphic-git";
import { safePath } from "@/agent/content/unpack";
import { AttemptFailure } from "@/agent/runner/attempt-failure";
import { env } from "@/server/platform/env";
import { Invalid, ServiceError, TooLarge, Unavailable } from "@/server/platform/errors";
import type { SourceFile } from "../../rules/recipe-source/pack-code";
import { PackFault, weighPack } from "../../rules/recipe-source/pack-weight";
import { connectionFault, gitHttp } from "./git-http";
import { sourceLimits } from "./read-archive";

export type Repository = { url: string; ref: string; folder: string; token: string | null };
export type FetchedFolder = { commit: string; files: SourceFile[] };

const fetchMs = 120_000;
const packedAtMost = 64 * 1024 ** 2;

/** Of all objects of the latest state together. */
const unpackedAtMost = 256 * 1024 ** 2;

type Store = { git: typeof Git; fs: { promises: typeof files }; dir: string; cache: object };

/** A pack is weighed before it is written: what reads it unpacks all of it. */
function filesOfAtMost(unpacked: number): Store["fs"] {
  const writeFile: typeof files.writeFile = async (path, data, options) => {
    if (String(path).endsWith(".pack") && data instanceof Uint8Array) await weighPack(Buffer.from(data.buffer, data.byteOffset, data.byteLength), unpacked);
    return files.writeFile(path, data, options);
  };
  return { promises: { ...files, writeFile } };
}

async function fetchCommit({ git, ...store }: Store, { url, ref, token }: Repository): Promise<string> {
  await git.init({ ...store, defaultBranch: "main" });
  await git.addRemote({ ...store, remote: "origin", url });
  const fetched = await git.fetch({
    ...store, http: gitHttp({ maxBytes: packedAtMost, signal: AbortSignal.timeout(fetchMs) }), remote: "origin", url, ref: ref || undefined, singleBranch: true, depth: 1, tags: false,
    ...(token === null ? {} : { onAuth: () => ({ username: "x-access-token", password: token }), onAuthFailure: () => ({ cancel: true }) }),
  });
  if (!fetched.fetchHead) throw new Invalid("The repository is empty.", { field: "url" });
  // A tag of its own leads to the commit.
  return (await git.readCommit({ ...store, oid: fetched.fetchHead })).oid;
}

type Budget = { bytes: number; entries: number };

/** Plain files only: links are left out, as the SDK does, and so are other repositories inside. */
async function* filesOf(store: Store, oid: string, below: string, budget: Budget): AsyncGenerator<SourceFile> {
  const { git, ...at } = store;
  const { tree } = await git.readTree({ ...at, oid });
  for (const entry of tree) {
    budget.entries += 1;
    if (budget.entries > sourceLimits.maxEntries) throw new TooLarge(`The folder has more than ${sourceLimits.maxEntries} entries: name the recipe's own folder.`, { field: "folder" });
    const path = safePath(`${below}${entry.path}`);
    if (path === null || entry.path.includes("/")) throw new Invalid(`The repository is refused: ${JSON.stringify(entry.path)} is no file name.`, { field: "url" });
    if (entry.type === "tree") yield* filesOf(store, entry.oid, `${path}/`, budget);
    if (entry.type !== "blob" || entry.mode === "120000") continue;
    const content = Buffer.from((await git.readBlob({ ...at, oid: entry.oid })).blob);
    budget.bytes += content.length;
    if (budget.bytes > sourceLimits.maxBytes) throw new TooLarge(`With ${JSON.stringify(path)} the folder has more than ${sourceLimits.maxBytes} bytes: name the recipe's own folder.`, { field: "folder" });
    yield { path, executable: entry.mode === "100755", content };
  }
}

async function treeOf({ git, ...store }: Store, commit: string, folder: string): Promise<string> {
  const filepath = folder.replace(/^\.?\/+|\/+$/g, "");
  try {
    return (await git.readTree({ ...store, oid: commit, ...(filepath === "" || filepath === "." ? {} : { filepath }) })).oid;
  } catch {
    throw new Invalid(`There is no folder ${filepath} at ${commit.slice(0, 7)}.`, { field: "folder" });
  }
}

/** What went wrong, for the person who gave the address. */
function faultOf(error: unknown, { url, ref, token }: Repository): unknown {
  if (error instanceof ServiceError) return error;
  if (error instanceof AttemptFailure) return new Invalid(error.message.replace("The code archive", "The repository"), { field: "url" });
  if (error instanceof PackFault && error.kind === "heavy") return new TooLarge("The repository is too large: its latest state is more than 256 MiB.", { field: "url" });
  const host = new URL(url).host;
  const known = connectionFault(error, host);
  if (known) return known;
  const { code, data } = (error instanceof Error ? error : {}) as { code?: string; data?: { statusCode?: number } };
  if (code === "NotFoundError" && ref) return new Invalid(`The repository has no branch, tag or commit ${ref}.`, { field: "ref" });
  if (code === "UserCanceledError") return new Invalid("The token was refused.", { field: "token" });
  if (code !== "HttpError") return new Invalid(`${host} does not answer as a git server does there.`, { field: "url" });
  const status = data?.statusCode ?? 0;
  if (status === 401 || status === 403) return new Invalid(token === null ? "The repository is not public: give a token that may read it." : "The token was refused.", { field: "token" });
  if (status === 404) return new Invalid("There is no public repository at this address.", { field: "url" });
  return new Unavailable(`${host} answered ${status}.`, { field: "url" });
}

/** Calls back once the commit is here. */
export async function readRepository(repository: Repository, onFetched: (commit: string) => Promise<void>, unpacked = unpackedAtMost): Promise<FetchedFolder> {
  const base = join(env().SLIPWAY_DATA, "scratch");
  mkdirSync(base, { recursive: true });
  const dir = mkdtempSync(join(base, "git-"));
  try {
    // Only the worker asks for it: pages and the gateway do without.
    const git = await import("isomorphic-git");
    const store: Store = { git, fs: filesOfAtMost(unpacked), dir, cache: {} };
    const commit = await fetchCommit(store, repository);
    await onFetched(commit);
    const found: SourceFile[] = [];
    for await (const file of filesOf(store, await treeOf(store, commit, repository.folder), "", { bytes: 0, entries: 0 })) found.push(file);
    return { commit, files: found };
  } catch (error) {
    throw faultOf(error, repository);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
