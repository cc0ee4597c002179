/** The live connection through an outage of the database, played by a server that lets nobody in. */
import { createServer } from "node:net";
import pg from "pg";
import { afterEach, expect, it, vi } from "vitest";
import { env, overrideEnv } from "../env";
import { isListening, startListening, stopListening, subscribeLive } from "./listen";
import { liveChannel } from "./publish";

const own = env().DATABASE_URL ?? "";

/** Sockets are real: only what waits for a time is held, and let go by the test. */
const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
};

afterEach(async () => {
  vi.useRealTimers();
  overrideEnv({ DATABASE_URL: own });
  await stopListening();
});

it("tries once at a time while the database is away, and listens on one connection after", async () => {
  const told: string[][] = [];
  const unsubscribe = subscribeLive((_, topics) => told.push(topics));
  let tries = 0;
  const away = createServer((socket) => {
    tries += 1;
    socket.destroy();
  });
  const port = await new Promise<number>((resolve) => {
    away.listen(0, "127.0.0.1", () => {
      const address = away.address();
      resolve(typeof address === "object" && address ? address.port : 0);
    });
  });
  const admin = new pg.Client({ connectionString: own });
  await admin.connect();
  const listeners = "from pg_stat_activity where datname = current_database() and query = $1";
  await startListening();

  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  overrideEnv({ DATABASE_URL: `postgres://nobody@127.0.0.1:${port}/none` });
  await admin.query(`select pg_terminate_backend(pid) ${listeners}`, [`listen ${liveChannel}`]);
  for (let round = 0; round < 6; round += 1) {
    await until(() => vi.getTimerCount() > 0);
    vi.runOnlyPendingTimers();
  }
  await until(() => vi.getTimerCount() > 0);
  expect(tries).toBe(6);
  expect(isListening()).toBe(false);

  overrideEnv({ DATABASE_URL: own });
  vi.runOnlyPendingTimers();
  await until(isListening);
  expect((await admin.query(`select 1 ${listeners}`, [`listen ${liveChannel}`])).rowCount).toBe(1);
  await until(() => told.length > 0);
  expect(told).toEqual([["*"]]);
  unsubscribe();
  await admin.end();
  away.close();
});
