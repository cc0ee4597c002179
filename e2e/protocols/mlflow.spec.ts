import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "../fixtures";
import { baseUrl, connect, project, python } from "../instance";

const run = promisify(execFile);
const env = { NODE_ENV: "test" as const, PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "", MLFLOW_TRACKING_URI: baseUrl, MLFLOW_TRACKING_TOKEN: connect.SLIPWAY_TOKEN ?? "" };

test("the stock MLflow client logs, reads back, searches, and meets MLflow's own errors", async ({ page }) => {
  const { stdout } = await run(python, [join("e2e", "protocols", "tracking_client.py"), "protocol test"], { env });
  expect(stdout).toContain("ok ");
  await page.goto(`/${project}/experiments`);
  await expect(page.getByText("protocol test")).toBeVisible();
});

test("a token that is wrong is refused as MLflow refuses it", async () => {
  const response = await fetch(`${baseUrl}/api/2.0/mlflow/experiments/get?experiment_id=0`, { headers: { authorization: "Bearer slw_wrong" } });
  expect(response.status).toBe(401);
  expect((await response.json()).error_code).toBe("UNAUTHENTICATED");
});
