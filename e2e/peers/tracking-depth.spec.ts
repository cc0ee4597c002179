/** MLflow's tracking in depth: what its own client does by itself, at its limits, from several processes, over a bad line, and with 10,000 runs. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { baseUrl, connect, trackingPython } from "../instance";

const run = promisify(execFile);
const env = {
  NODE_ENV: "test" as const, PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "", MLFLOW_TRACKING_URI: baseUrl, MLFLOW_TRACKING_TOKEN: connect.SLIPWAY_TOKEN ?? "",
  // Its threads would fight over the two cores that the tests have.
  OMP_NUM_THREADS: "1",
};

const parts = {
  autologging: "scikit-learn's and LightGBM's autolog, and the models loaded back",
  artifacts: "figures, images, tables, texts and a registered model, read back, after delete and restore too",
  values: "NaN, infinities, the limits of doubles and steps, keys of 250 characters and of any script; what is past a limit is refused whole",
  several_processes: "six processes that log to one run at once, and a run that a job names",
  cut_connections: "a client whose connection is cut before each third answer: nothing is lost or doubled",
  async_and_system: "asynchronous logging and system metrics",
  inputs_and_outputs: "datasets and models as inputs and outputs, and metrics of a model",
  ten_thousand: "10,000 runs, to pandas and page by page",
};

for (const [part, words] of Object.entries(parts)) {
  test(`stock MLflow: ${words}`, async () => {
    // Logging 10,000 runs by the stock client takes four minutes on a slow machine, and more beside others.
    test.setTimeout(900_000);
    const { stdout } = await run(trackingPython, [join("e2e", "peers", "tracking_depth.py"), `depth ${part}`, part], { env, maxBuffer: 10_000_000 });
    expect(stdout).toContain(`ok ${part} `);
  });
}
