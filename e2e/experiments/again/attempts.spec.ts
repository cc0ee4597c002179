import { expect, expectAccessible, test } from "../../fixtures";
import { project } from "../../instance";
import { logMetrics, makeExperiment, reopenRun, trackRun, unique } from "../tracked-run";

test("a run that was opened again is one line with a mark, also in the chart's table", async ({ page }) => {
  const no = await makeExperiment(unique("attempts"));
  const runId = await trackRun(no, { name: "came-back", metrics: { loss: Array.from({ length: 200 }, (_, step) => 1 - step / 400), auc: [0.1, 0.2] } });
  await reopenRun(runId);
  await logMetrics(runId, "loss", { from: 120, values: Array.from({ length: 40 }, (_, i) => 0.5 - i / 200) });
  await page.goto(`/${project}/experiments/runs/${runId}`);
  const loss = page.getByRole("figure", { name: "loss" });
  await expect(loss.locator("canvas").first()).toBeVisible();
  await loss.getByRole("button", { name: "Show the numbers" }).click();
  await expect(loss.getByRole("columnheader", { name: "came-back, attempt 1, superseded" })).toBeVisible();
  const row = loss.getByRole("row", { name: /attempt 2 from step 120/ });
  await expect(row.getByRole("cell")).toHaveText(["120", "0.500000", "0.700000", "attempt 2 from step 120"]);
  await expectAccessible(page);
});
