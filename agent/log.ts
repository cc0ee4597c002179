/** The agent's own log: one JSON line a thing on stderr. */
import { logLevel } from "./env";

const LEVELS = ["debug", "info", "warn", "error", "silent"];

// A supervisor that died closed the pipe: the agent ends in its own order, not by an unhandled error.
process.stderr.on("error", () => undefined);

function write(level: string, message: string, facts: Record<string, unknown>): void {
  if (LEVELS.indexOf(level) < LEVELS.indexOf(logLevel())) return;
  process.stderr.write(
    `${JSON.stringify({ time: new Date().toISOString(), level, agent: process.pid, ...facts, msg: message })}\n`,
  );
}

export const log = {
  debug: (message: string, facts: Record<string, unknown> = {}) => write("debug", message, facts),
  info: (message: string, facts: Record<string, unknown> = {}) => write("info", message, facts),
  warn: (message: string, facts: Record<string, unknown> = {}) => write("warn", message, facts),
  error: (message: string, facts: Record<string, unknown> = {}) => write("error", message, facts),
};

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
