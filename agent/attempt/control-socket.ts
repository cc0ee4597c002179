/** The line between agent and runner: a Unix socket in the attempt's folder, one JSON message a line. */
import { closeSync, existsSync, openSync } from "node:fs";
import type { Socket } from "node:net";
import { join } from "node:path";
import { z } from "zod";

export const ToRunner = z.discriminatedUnion("type", [
  /** Live for this long from now, by your own monotonic clock. */
  z.object({ type: z.literal("renew"), milliseconds: z.number().positive() }),
  z.object({ type: z.literal("stop"), reason: z.enum(["cancelled", "stale", "released"]) }),
]);
export type ToRunner = z.infer<typeof ToRunner>;

/** News only: the truth is in the folder. */
export const FromRunner = z.object({ type: z.enum(["log", "started", "finished"]) });
export type FromRunner = z.infer<typeof FromRunner>;

const SOCKET_PATH_MAX = 100;

/** Runs `use` with a path short enough for a socket's address: a deep folder is reached through an open handle of it. */
export function withSocketPath<T>(folder: string, use: (path: string, release: () => void) => T): T {
  const path = join(folder, "control.sock");
  if (Buffer.byteLength(path) <= SOCKET_PATH_MAX || !existsSync("/proc/self/fd")) return use(path, () => undefined);
  const handle = openSync(folder, "r");
  let open = true;
  return use(`/proc/self/fd/${handle}/control.sock`, () => {
    if (open) closeSync(handle);
    open = false;
  });
}

/** Calls back for each whole line that parses; others are ignored, as an older or newer peer may say more. */
export function readMessages<S extends z.ZodType>(
  socket: Socket,
  schema: S,
  take: (message: z.output<S>) => void,
): void {
  let rest = "";
  socket.setEncoding("utf8");
  socket.on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      try {
        take(schema.parse(JSON.parse(line)));
      } catch {
        // Not for us.
      }
    }
  });
}

export function sendMessage(socket: Socket, message: ToRunner | FromRunner): void {
  if (!socket.destroyed) socket.write(`${JSON.stringify(message)}\n`);
}
