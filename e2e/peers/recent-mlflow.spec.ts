import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { baseUrl, connect, python } from "../instance";

const run = promisify(execFile);

test("the newest MLflow client does the same", async () => {
  const env = { NODE_ENV: "test" as const, PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "", MLFLOW_TRACKING_URI: baseUrl, MLFLOW_TRACKING_TOKEN: connect.SLIPWAY_TOKEN ?? "" };
  const { stdout } = await run(python, [join("e2e", "protocols", "tracking_client.py"), "peers test"], { env });
  expect(stdout).toContain("ok ");
});
