/** Scripts that log through the stock client beside what is done to the platform, each with a ledger of its own. */
import { spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { baseUrl, connect, python } from "../instance";

export const writerScript = resolve("e2e/chaos/ledger_writer.py");

/** The stock client's patience, with pauses half as long. */
export const patience = { MLFLOW_HTTP_REQUEST_MAX_RETRIES: "9", MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR: "1" };

export type Writer = { ledger: string; done: Promise<number | null> };

/** It logs until `<ledger>.stop` is there; `done` gives its exit code. */
export function startWriter(folder: string, name: string, pauseSeconds = 0.01): Writer {
  const ledger = join(folder, name);
  const { PATH = "", HOME = "" } = process.env;
  const tracking = { MLFLOW_TRACKING_URI: baseUrl, MLFLOW_TRACKING_TOKEN: connect.SLIPWAY_TOKEN ?? "" };
  const env = { NODE_ENV: "test" as const, PATH, HOME, ...tracking, ...patience };
  const child = spawn(python, [writerScript, ledger, "0", String(pauseSeconds)], { env, stdio: ["ignore", "ignore", "inherit"] });
  return { ledger, done: new Promise((end) => child.once("exit", end)) };
}
