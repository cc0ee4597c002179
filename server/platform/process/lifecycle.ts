/** How a supervised process ends: on SIGTERM, or when the supervisor that started it is gone. */
import { logger } from "../log";

export function onShutdown(name: string, stop: () => Promise<void>): void {
  let isStopping = false;
  const end = (why: string) => {
    if (isStopping) return;
    isStopping = true;
    logger.info({ process: name, why }, "stopping");
    const forced = setTimeout(() => process.exit(1), 15_000);
    stop()
      .catch((error) => logger.error({ err: error }, "stopping failed"))
      .finally(() => {
        clearTimeout(forced);
        process.exit(0);
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
