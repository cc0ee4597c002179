import { expect, expectAccessible, test } from "../../fixtures";
import { api, project } from "../../instance";
import { storeScript } from "../registered-recipe";
import { makeExperiment, trackRun, unique } from "../tracked-run";

/** Logs, keeps a checkpoint and fails; with one, goes on from it to the end. Standard library only. */
const script = `
import json, os, time, urllib.request
url, run, no = os.environ["MLFLOW_TRACKING_URI"], os.environ["MLFLOW_RUN_ID"], os.environ["MLFLOW_EXPERIMENT_ID"]
def send(method, path, body):
    request = urllib.request.Request(url + path, data=body, method=method, headers={"authorization": "Bearer " + os.environ["MLFLOW_TRACKING_TOKEN"], "content-type": "application/json"})
    urllib.request.urlopen(request).read()
given = os.environ.get("SLIPWAY_CHECKPOINT")
first = int(open(given).read()) if given else 0
print("begins at", first, flush=True)
points = [{"key": "loss", "value": 1 / (step + 1), "step": step, "timestamp": int(time.time() * 1000)} for step in range(first, first + 30)]
send("POST", "/api/2.0/mlflow/runs/log-batch", json.dumps({"run_id": run, "metrics": points}).encode())
send("PUT", f"/api/2.0/mlflow-artifacts/artifacts/{no}/{run}/artifacts/checkpoints/step_{first + 20}.txt", str(first + 20).encode())
raise SystemExit(0 if given else 1)
`;

type Run = { runId: string; runHex: string };

async function submitted(name: string): Promise<Run> {
  const codeSha256 = await storeScript(script);
  return api<Run>("POST", "/runs/submit", { command: ["python3", "train.py"], codeSha256, experiment: unique("again"), runName: name, resources: { cpus: 0.1, memory: "128MiB", timeout: "5m" } });
}

test("a run that failed goes on from its checkpoint, on one line with a mark", async ({ page }) => {
  const { runHex } = await submitted("half-done");
  await page.goto(`/${project}/experiments/runs/${runHex}`);
  await expect(page.locator("header").getByText("Failed")).toBeVisible({ timeout: 45_000 });
  await page.getByRole("button", { name: "Resume" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByLabel("Checkpoint")).toContainText("checkpoints/step_20.txt");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Resume" }).click();
  await expect(page.locator("header").getByText("Succeeded")).toBeVisible({ timeout: 45_000 });
  const loss = page.getByRole("figure", { name: "loss" });
  await loss.getByRole("button", { name: "Show the numbers" }).click();
  await expect(loss.getByRole("row", { name: /attempt 2 from step 20/ })).toBeVisible();
  await page.getByRole("link", { name: "Logs" }).click();
  await expect(page.getByRole("log")).toContainText("begins at 20");
  await page.getByLabel("Job", { exact: true }).selectOption("Job 1, as it was launched");
  await expect(page.getByRole("log")).toContainText("begins at 0");
  await expectAccessible(page);
});

test("a run is run again exactly, and its page says what came out different", async ({ page }) => {
  const { runHex } = await submitted("first-time");
  await page.goto(`/${project}/experiments/runs/${runHex}`);
  await expect(page.locator("header").getByText("Failed")).toBeVisible({ timeout: 45_000 });
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Run again exactly" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("python3 train.py");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Run again" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "first-time again" })).toBeVisible();
  await expect(page.locator("header").getByText("Failed")).toBeVisible({ timeout: 45_000 });
  await page.getByRole("link", { name: "Overview" }).click();
  await expect(page.getByText("Its metric is identical to the last bit.")).toBeVisible();
  await expect(page.getByRole("table", { name: "Environment" })).toContainText("CPU");
  await expect(page.getByRole("table", { name: "Code" }).getByText("same").first()).toBeVisible();
  await expectAccessible(page);
});

test("a run from outside says why it can't be run again", async ({ page }) => {
  const runId = await trackRun(await makeExperiment(unique("outside")), { name: "from-outside", metrics: { loss: [1, 2] } });
  await page.goto(`/${project}/experiments/runs/${runId}`);
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Run again exactly" }).click();
  await expect(page.getByRole("dialog")).toContainText("It was started outside Slipway");
  await expect(page.getByRole("dialog").getByRole("button", { name: "Run again" })).toBeDisabled();
});
