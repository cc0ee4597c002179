/** `/health`: whether it lives, whether it serves, and the state of each part. */
import { statfs } from "node:fs/promises";
import { connect } from "node:net";
import { env } from "@/server/platform/env";
import { isListening } from "@/server/platform/live/listen";
import { livingProcesses } from "@/server/platform/process/heartbeat";

export type PartState = "up" | "down";
export type Health = { status: "ok" | "degraded" | "down"; parts: Record<string, PartState>; message?: string };

function answers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ path: socketPath, timeout: 1_000 });
    const done = (isUp: boolean) => {
      socket.destroy();
      resolve(isUp);
    };
    socket
      .once("connect", () => done(true))
      .once("error", () => done(false))
      .once("timeout", () => done(false));
  });
}

const stateOf = (isUp: boolean): PartState => (isUp ? "up" : "down");

/** A database that hangs counts as down: health answers within a second and a half. */
async function databaseAnswers(): Promise<Set<string> | null> {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), 1_500).unref());
  return Promise.race([livingProcesses().catch(() => null), late]);
}

const lowBytes = 128 * 1024 ** 2;

async function freeBytes(): Promise<number | null> {
  const found = await statfs(env().SLIPWAY_DATA).catch(() => null);
  return found && found.bavail * found.bsize;
}

export async function readHealth(): Promise<Health> {
  const socketPath = env().SLIPWAY_WEB_SOCKET;
  const [living, isWebUp] = await Promise.all([
    databaseAnswers(),
    socketPath ? answers(socketPath) : Promise.resolve(true),
  ]);
  const parts = {
    database: stateOf(living !== null),
    web: stateOf(isWebUp),
    worker: stateOf(living?.has("worker") ?? false),
    live: stateOf(isListening()),
    disk: stateOf(true),
  };
  const free = await freeBytes();
  if (free !== null && free < lowBytes) {
    const message = `The disk is nearly full: ${Math.floor(free / 1024 ** 2)} MiB are free under ${env().SLIPWAY_DATA}. Writes are refused once it is.`;
    return { status: living === null ? "down" : "degraded", parts: { ...parts, disk: "down" }, message };
  }
  if (living === null)
    return { status: "down", parts, message: "The database does not answer; the server waits for it." };
  const isDegraded = Object.values(parts).includes("down");
  return { status: isDegraded ? "degraded" : "ok", parts };
}

/** Ready to serve people: the database and the web process answer. */
export function isServing(health: Health): boolean {
  return health.parts.database === "up" && health.parts.web === "up";
}
