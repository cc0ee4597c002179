// A fresh Slipway instance, and stock `mlflow server` on the same PostgreSQL in a database of its own: same disk, same settings, fsync on.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import pg from "pg";
import { databaseHomeOutside } from "../../scripts/database-home.mjs";
import { ensurePythonClients } from "../../scripts/python-clients.mjs";
import { startInstance } from "../../scripts/test-instance.mjs";

export const root = new URL("../..", import.meta.url).pathname;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

export async function until(what, isSo, seconds = 120) {
  for (const end = Date.now() + seconds * 1_000; Date.now() < end; await pause(200)) if (await isSo().catch(() => false)) return;
  throw new Error(`${what} was not there within ${seconds} s`);
}

/** Each is ended, also where another's end fails; `close()` of what has no `stop()`. */
export async function stopAll(...all) {
  const failed = [];
  for (const each of all) {
    try {
      await (each?.stop ? each.stop() : each?.close());
    } catch (error) {
      failed.push(error);
    }
  }
  if (failed.length > 0) throw failed[0];
}

/** @returns the instance, a connection to its database, and a call of its MLflow wire */
export async function startOurs() {
  const instance = await startInstance(root);
  const { databasePassword: password } = JSON.parse(readFileSync(join(instance.folder, "secrets.json"), "utf8"));
  const host = join(databaseHomeOutside(instance.folder) ?? join(instance.folder, "postgres"), "run");
  const database = new pg.Client({ host, user: "slipway", password, database: "slipway" });
  await database.connect();
  const { SLIPWAY_URL: url, SLIPWAY_TOKEN: token } = instance.connect;
  return {
    name: "Slipway", url, token, database, host, password, folder: instance.folder, pid: instance.pid, ownerLink: instance.ownerLink,
    stop: () => stopAll({ stop: () => database.end() }, instance),
  };
}

/** Stock `mlflow server` with its own number of workers. */
export async function startPeer(ours) {
  const python = await ensurePythonClients(root, "mlflow-server", join("bench", "peer"));
  await ours.database.query("create database mlflow");
  const port = await freePort();
  const store = `postgresql+psycopg2://slipway:${encodeURIComponent(ours.password)}@/mlflow?host=${encodeURIComponent(ours.host)}`;
  const env = { ...process.env, MLFLOW_DISABLE_TELEMETRY: "true", DO_NOT_TRACK: "true" };
  const arguments_ = ["-m", "mlflow", "server", "--backend-store-uri", store, "--artifacts-destination", join(ours.folder, "peer"), "--host", "127.0.0.1", "--port", String(port)];
  const child = spawn(python, arguments_, { env, stdio: "ignore", detached: true });
  const url = `http://127.0.0.1:${port}`;
  await until("mlflow server", async () => (await fetch(`${url}/health`)).ok);
  const database = new pg.Client({ host: ours.host, user: "slipway", password: ours.password, database: "mlflow" });
  await database.connect();
  return {
    name: "mlflow server", url, token: "", database,
    stop: async () => {
      await database.end().catch(() => undefined);
      const hasEnded = async () => child.exitCode !== null || child.signalCode !== null;
      process.kill(-child.pid, "SIGTERM");
      // Its workers wait for connections that clients keep open.
      if (await until("its end", hasEnded, 5).then(() => false, () => true)) process.kill(-child.pid, "SIGKILL");
      await until("its end", hasEnded, 30);
    },
  };
}

/** One call of MLflow's REST wire. */
export async function call(server, path, body) {
  const headers = { "content-type": "application/json", ...(server.token ? { authorization: `Bearer ${server.token}` } : {}) };
  const answer = await fetch(`${server.url}/api/2.0/mlflow/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${server.name}: ${path} ${answer.status} ${text.slice(0, 300)}`);
  return JSON.parse(text);
}

/** All that was logged is in chunks: nothing is left to be done behind a measurement. */
export const untilSealed = (ours, seconds = 600) =>
  until("the end of sealing", async () => Number((await ours.database.query("select count(*) as n from (select 1 from metric_batches limit 1) b")).rows[0].n) === 0, seconds);

/** Calls `work` for 0 … count-1, so many at once. */
export async function inParallel(count, atOnce, work) {
  let next = 0;
  const worker = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
