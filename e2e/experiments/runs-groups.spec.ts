import type { Page } from "@playwright/test";
import { expect, expectAccessible, test } from "../fixtures";
import { project } from "../instance";
import { makeExperiment, trackRun, unique } from "./tracked-run";

let no = "";

test.beforeAll(async () => {
  no = await makeExperiment(unique("groups"));
  const runs: [string, string | null, number][] = [["a", "gbdt", 0.7], ["b", "gbdt", 0.8], ["c", "gbdt", 0.9], ["d", "mlp", 0.85], ["e", null, 0.5]];
  for (const [name, model, auc] of runs) await trackRun(no, { name, params: model ? { model, lr: name } : { lr: name }, metrics: { auc: [0, auc] } });
});

const rowsOf = (page: Page) => page.getByRole("grid", { name: "Runs" }).locator("tbody [data-row]");

test("groups by a param with count, mean and deviation, sorts by the mean, and opens a group by keyboard", async ({ page }) => {
  await page.goto(`/${project}/experiments/${no}?cols=metrics.auc`);
  await page.getByRole("button", { name: "Group", exact: true }).click();
  await page.getByRole("button", { name: /^model/ }).click();
  await expect(rowsOf(page)).toHaveCount(3);
  await expect(page).toHaveURL(/group=params\.model/);
  await expect(page.getByText("3 groups of 5 runs")).toBeVisible();
  await page.getByRole("columnheader", { name: "auc", exact: true }).getByRole("button").click();
  await expect(rowsOf(page).nth(0)).toContainText("mlp");
  await expect(rowsOf(page).nth(1)).toContainText("gbdt30.8000 ± 0.1000");
  await expect(rowsOf(page).nth(2)).toContainText("no model");
  await expectAccessible(page);

  await rowsOf(page).nth(0).focus();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(rowsOf(page)).toHaveCount(6);
  await expect(rowsOf(page).nth(2)).toContainText("c");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await expect(page.getByText("1 selected")).toBeVisible();

  // The same picture from its address.
  await page.reload();
  await expect(rowsOf(page)).toHaveCount(6);
  await expect(page.getByRole("button", { name: "gbdt", exact: true })).toHaveAttribute("aria-expanded", "true");
  await page.getByRole("button", { name: "Grouped by model" }).click();
  await page.getByRole("button", { name: "No grouping" }).click();
  await expect(rowsOf(page)).toHaveCount(5);
});
