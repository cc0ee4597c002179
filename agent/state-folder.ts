/** The agent's own folder: who it is, which attempts it holds, and the caches that jobs share. One agent at a time. */
import { randomBytes } from "node:crypto";
import { lstatSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { readJsonFile, writeDurably } from "./durable-file";
import { takeLock } from "./host/lock-file";
import { ProcessRef } from "./host/processes";

const Identity = z.object({
  /** The agent's secret, made here; the server keeps its hash. */
  credential: z.string().min(40),
  agentId: z.uuid(),
  url: z.string(),
});
export type Identity = z.infer<typeof Identity>;

/** An identity that the server may have taken: its answer did not come. */
const Candidate = Identity.omit({ agentId: true });
type Candidate = z.infer<typeof Candidate>;

const ENVIRONMENT_UNUSED_DAYS = 30;
const ABANDONED_MS = 86_400_000;

export class StateFolder {
  constructor(readonly path: string) {
    mkdirSync(this.attemptsPath, { recursive: true, mode: 0o700 });
  }

  get attemptsPath(): string {
    return join(this.path, "attempts");
  }

  /** Throws when another agent works in this folder. */
  lock(): void {
    const holder = takeLock(join(this.path, "agent.lock"));
    if (holder) throw new Error(`Another agent (process ${holder.pid}) works in ${this.path}.`);
  }

  unlock(): void {
    const path = join(this.path, "agent.lock");
    if (readJsonFile(path, ProcessRef)?.pid === process.pid) rmSync(path, { force: true });
  }

  identity(): Identity | null {
    return readJsonFile(join(this.path, "identity.json"), Identity);
  }

  saveIdentity(identity: Identity): void {
    writeDurably(join(this.path, "identity.json"), identity);
    this.forgetCandidate();
  }

  private get candidatePath(): string {
    return join(this.path, "enrolling.json");
  }

  forgetCandidate(): void {
    rmSync(this.candidatePath, { force: true });
  }

  /** What to enrol with at this server: the same until it is taken. The identity before stays until then. */
  candidate(url: string): Candidate {
    const kept = readJsonFile(this.candidatePath, Candidate);
    if (kept?.url === url) return kept;
    const candidate = { credential: `slwa_${randomBytes(32).toString("base64url")}`, url };
    writeDurably(this.candidatePath, candidate);
    return candidate;
  }

  /** Drops the contents used longest ago until the cache is within its bound. */
  trimBlobs(maxBytes: number, now: number): void {
    const folder = join(this.path, "blobs");
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const all = readdirSync(folder).map((name) => ({ path: join(folder, name), ...pick(statSync(join(folder, name))) }));
    // Downloads that their runner did not live to finish.
    const isLeft = (file: (typeof all)[number]) => file.path.endsWith(".part") && now - file.mtimeMs > ABANDONED_MS;
    for (const file of all.filter(isLeft)) rmSync(file.path, { force: true });
    const files = all.filter((file) => !isLeft(file));
    let total = files.reduce((sum, file) => sum + file.size, 0);
    for (const file of files.sort((a, b) => a.mtimeMs - b.mtimeMs)) {
      if (total <= maxBytes) return;
      if (file.path.endsWith(".part")) continue;
      rmSync(file.path, { force: true });
      total -= file.size;
    }
  }

  /** Environments nobody used for long. Only while no attempt runs: one may be in use. */
  trimEnvironments(now: number): void {
    const folder = join(this.path, "venvs");
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      const target = statSync(path, { throwIfNoEntry: false });
      const isOld = target !== undefined && now - target.mtimeMs > ENVIRONMENT_UNUSED_DAYS * 86_400_000;
      const isDangling = target === undefined && lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink();
      if (isOld || isDangling) rmSync(path, { recursive: true, force: true });
    }
  }
}

function pick({ size, mtimeMs }: { size: number; mtimeMs: number }): { size: number; mtimeMs: number } {
  return { size, mtimeMs };
}
