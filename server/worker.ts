/** The worker: background tasks, event delivery, the audit sealer. */
import { startBackgroundWorker } from "./platform/process/background-worker";
import { closeDatabase, untilDatabaseAnswers } from "./platform/db";
import { startHeartbeat } from "./platform/process/heartbeat";
import { onShutdown, reportReady } from "./platform/process/lifecycle";
import { logger } from "./platform/log";
import { subscriptions } from "./subscriptions";
import { everySecond, tasks } from "./tasks";

const concurrency = 3;

/** The next round starts a second after the last one ended, so that a slow database is not piled upon. */
function repeatEverySecond(work: () => Promise<unknown>): () => void {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const round = async () => {
    await work().catch((error) => logger.warn({ err: error }, "a recurring task failed"));
    if (!isStopped) timer = setTimeout(round, 1_000);
  };
  void round();
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}

await untilDatabaseAnswers();
const worker = await startBackgroundWorker(tasks, subscriptions, concurrency);
const stopHeartbeat = startHeartbeat("worker");
const stops = everySecond.map(repeatEverySecond);
reportReady();

onShutdown("worker", async () => {
  stopHeartbeat();
  for (const stop of stops) stop();
  await worker.stop();
  await closeDatabase();
});
