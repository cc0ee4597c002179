/**
 * One attempt's folder, the only thing agent and runner share: what to do (attempt.json), who runs it (owner.json),
 * how far it is (started.json), what came of it (result.json), and the log's segments.
 */
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { AttemptResult, Claim } from "@/server/domains/compute/contract/protocol";
import { createExclusively, readJsonFile, removeTree, writeDurably } from "../durable-file";
import { ProcessRef, processRef } from "../host/processes";
import { log, messageOf } from "../log";

export const AttemptOrder = Claim.extend({
  url: z.string(),
  stateFolder: z.string(),
  /** In the environment of every process of the attempt; random, so that no other process carries it. */
  marker: z.string().min(16),
  pythonPath: z.string().nullable(),
  graceSeconds: z.number().min(0),
  logKeepBytes: z.number().int().positive(),
});
export type AttemptOrder = z.infer<typeof AttemptOrder>;

/** Made once: by the runner when it begins, or by an agent that gives the attempt up before any runner did. */
const Owner = z.object({ kind: z.enum(["runner", "abandoned"]), process: ProcessRef });
const Started = z.object({ leader: ProcessRef, at: z.string() });
export type Started = z.infer<typeof Started>;

/** Longer ones are refused. */
const MESSAGE_MAX = 2_000;

export class AttemptFolder {
  constructor(readonly path: string) {}

  static make(root: string, order: AttemptOrder): AttemptFolder {
    const folder = new AttemptFolder(join(root, order.attemptId));
    mkdirSync(folder.logPath, { recursive: true, mode: 0o700 });
    writeDurably(folder.file("attempt.json"), order);
    return folder;
  }

  /** Folders left by an agent before this one. */
  static list(root: string): AttemptFolder[] {
    return readdirSync(root).map((name) => new AttemptFolder(join(root, name)));
  }

  private file(name: string): string {
    return join(this.path, name);
  }

  get logPath(): string {
    return this.file("log");
  }
  get scratchPath(): string {
    return this.file("scratch");
  }
  get runnerLogPath(): string {
    return this.file("runner.log");
  }

  order(): AttemptOrder | null {
    return readJsonFile(this.file("attempt.json"), AttemptOrder);
  }

  /** False when the attempt was given up, or another runner has it. */
  takeAsRunner(): boolean {
    return createExclusively(this.file("owner.json"), { kind: "runner", process: processRef() });
  }

  /** False when a runner took it first. */
  abandon(): boolean {
    return createExclusively(this.file("owner.json"), { kind: "abandoned", process: processRef() });
  }

  owner() {
    return readJsonFile(this.file("owner.json"), Owner);
  }

  markStarted(started: Started): void {
    writeDurably(this.file("started.json"), started);
  }

  started(): Started | null {
    return readJsonFile(this.file("started.json"), Started);
  }

  /** In text that any server takes: what a job printed may hold anything. */
  writeResult(result: AttemptResult): void {
    const message = result.message.replaceAll("\u0000", "").toWellFormed().slice(0, MESSAGE_MAX).toWellFormed();
    writeDurably(this.file("result.json"), { ...result, message });
  }

  result(): AttemptResult | null {
    return readJsonFile(this.file("result.json"), AttemptResult);
  }

  /** What can't be removed (a job that made files as somebody else, say) stays in nobody's way. */
  remove(): void {
    try {
      removeTree(this.path);
    } catch (error) {
      log.warn("an attempt's folder could not be removed", { path: this.path, why: messageOf(error) });
    }
  }
}
