/** How a supervised process ends: on SIGTERM, or when the supervisor that started it is gone. */
import { logger } from "../log";

let killedFor: string | null = null;

/** A thread within native code can't be joined: `process.exit` would wait for it for ever. */
export function endByKill(why: string): void {
  killedFor = why;
}

function leave(code: number): void {
  if (killedFor === null) process.exit(code);
  logger.warn({ why: killedFor }, "the process ends by SIGKILL");
  process.kill(process.pid, "SIGKILL");
}

export function onShutdown(name: string, stop: () => Promise<void>): void {
  let isStopping = false;
  const end = (why: string) => {
    if (isStopping) return;
    isStopping = true;
    logger.info({ process: name, why }, "stopping");
    const forced = setTimeout(() => leave(1), 15_000);
    stop()
      .catch((error) => logger.error({ err: error }, "stopping failed"))
      .finally(() => {
        clearTimeout(forced);
        leave(0);
      });
  };
  process.once("SIGTERM", () => end("SIGTERM"));
  // A terminal's Ctrl-C reaches every process of the group: the supervisor decides the order.
  process.on("SIGINT", () => undefined);
  if (process.send) process.once("disconnect", () => end("the supervisor is gone"));
}

/** Tells the supervisor that this process is ready for work. */
export function reportReady(): void {
  process.send?.({ ready: true });
}
