import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, expectAccessible, test } from "../fixtures";
import { holdLateScripts } from "../held-scripts";
import { project } from "../instance";
import { endRun, logMetric, makeExperiment, trackRun, unique } from "./tracked-run";

const climb = (to: number) => Array.from({ length: 20 }, (_, step) => to - 0.2 * Math.exp(-step / 4));

let no = "";

test.beforeAll(async () => {
  no = await makeExperiment(unique("runs"));
  await trackRun(no, { name: "plain", params: { model: "logistic", lr: "0.1" }, metrics: { auc: climb(0.71), "val/loss": climb(0.5) } });
  await trackRun(no, { name: "boosted", params: { model: "gbdt", lr: "0.1" }, metrics: { auc: climb(0.74), "val/loss": climb(0.45) } });
  await trackRun(no, { name: "broken", params: { model: "gbdt", lr: "9" }, metrics: { auc: [Number.NaN] }, status: "FAILED" });
});

const rowsOf = (page: Page) => page.getByRole("grid", { name: "Runs" }).locator("tbody [data-row]");

async function filterBy(page: Page, text: string): Promise<void> {
  await page.getByRole("combobox", { name: "Filter runs" }).fill(text);
  await page.keyboard.press("Enter");
}

test("shows runs with what tells them apart, and is accessible", async ({ page }) => {
  await page.goto(`/${project}/experiments/${no}`);
  await expect(rowsOf(page)).toHaveCount(3);
  await expect(page.getByRole("columnheader", { name: "model" })).toBeVisible();
  await expect(page.getByRole("row", { name: /boosted/ })).toContainText("0.738");
  await expect(page.getByRole("row", { name: /broken/ })).toContainText("NaN");
  await expectAccessible(page);
});

test("on a phone runs are ticked on their cards, and compared", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/${project}/experiments/${no}`);
  await page.getByRole("checkbox", { name: "Select plain" }).check();
  await page.getByRole("checkbox", { name: "Select boosted" }).check();
  await expect(page.getByRole("toolbar", { name: "Selected rows" })).toContainText("2 selected");
  await expectAccessible(page);
  await page.getByRole("link", { name: "Compare" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("2 runs");
});

test("a card has the value that the table's column has", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/${project}/experiments/${no}?cols=min(metrics.auc)&sort=metrics.auc.desc`);
  await expect(page.getByRole("listitem").filter({ hasText: "boosted" })).toContainText("min auc 0.540");
});

test("filters with completion, keeps the filter in the URL, and Back undoes it", async ({ page }) => {
  await page.goto(`/${project}/experiments/${no}`);
  await page.getByRole("combobox", { name: "Filter runs" }).fill("params.mo");
  await expect(page.getByRole("option", { name: /params.model/ })).toBeVisible();
  await page.keyboard.press("Tab");
  await filterBy(page, 'metrics.auc > 0.7 and params.model = "gbdt"');
  await expect(rowsOf(page)).toHaveCount(1);
  await expect(page.getByText("1 run", { exact: true })).toBeVisible();
  await expect(page).toHaveURL(/q=metrics\.auc/);
  await page.reload();
  await expect(rowsOf(page)).toHaveCount(1);
  await page.goBack();
  await expect(rowsOf(page)).toHaveCount(3);
});

test("marks a filter that does not parse and does not send it", async ({ page }) => {
  await page.goto(`/${project}/experiments/${no}`);
  await filterBy(page, "auc > 0.7");
  await expect(page.getByText(/write metrics\.auc/).first()).toBeVisible();
  await expect(rowsOf(page)).toHaveCount(3);
});

test("a filter that is entered before its language has come is looked at all the same", async ({ page }) => {
  const path = `/${project}/experiments/${no}`;
  const release = await holdLateScripts(page, path);
  await page.goto(path, { waitUntil: "commit" });
  await expect(rowsOf(page)).toHaveCount(3);
  await filterBy(page, "auc > 0.7");
  release();
  await expect(page.getByText(/write metrics\.auc/).first()).toBeVisible();
  await expect(rowsOf(page)).toHaveCount(3);
  await filterBy(page, "metrics.auc > 0.72");
  await expect(rowsOf(page)).toHaveCount(1);
});

test("sorts by a metric, pins a baseline and shows the difference to it", async ({ page }) => {
  await page.goto(`/${project}/experiments/${no}`);
  await page.getByRole("columnheader", { name: "auc", exact: true }).getByRole("button").click();
  await expect(rowsOf(page).first()).toContainText("boosted");
  await page.getByRole("row", { name: /plain/ }).hover();
  await page.getByRole("button", { name: "Pin plain as the baseline" }).click();
  const boosted = page.getByRole("row", { name: /boosted/ });
  await expect(boosted).toContainText("+0.0300▲ better");
  await expect(boosted).toContainText("−0.0500▲ better");
  await expect(page).toHaveURL(/base=[0-9a-f]{32}/);
  // On top of what is better than it, and of a filter that would leave it out; counted by neither.
  await expect(rowsOf(page).first()).toContainText("plain");
  await expectAccessible(page);
  await filterBy(page, 'params.model = "gbdt"');
  await expect(page.getByText("2 runs", { exact: true })).toBeVisible();
  await expect(rowsOf(page)).toHaveCount(3);
  await page.getByRole("checkbox", { name: "Select all loaded rows" }).check();
  await expect(page.getByText("2 selected")).toBeVisible();
  await page.reload();
  await expect(boosted).toContainText("+0.0300▲ better");
  await page.getByRole("button", { name: "Unpin the baseline" }).click();
  await expect(rowsOf(page)).toHaveCount(2);
});

test("chooses runs by keyboard and compares them", async ({ page }) => {
  await page.goto(`/${project}/experiments/${no}?q=metrics.auc+%3E+0.1`);
  await expect(rowsOf(page)).toHaveCount(2);
  await rowsOf(page).first().focus();
  await page.keyboard.press("x");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await expect(page.getByText("2 selected")).toBeVisible();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard" })).toContainText("Select all rows from the last one");
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "Compare" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Compare 2 runs" })).toBeVisible();
});

test("walks, chooses a range and opens a run by keyboard alone", async ({ page }) => {
  await page.goto(`/${project}/experiments/${no}?sort=name.asc`);
  await expect(rowsOf(page)).toHaveCount(3);
  await page.keyboard.press("j");
  await expect(rowsOf(page).nth(0)).toBeFocused();
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(rowsOf(page).nth(2)).toBeFocused();
  await page.keyboard.press("Shift+X");
  await expect(page.getByText("3 selected")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByText("3 selected")).toHaveCount(0);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "broken" })).toBeVisible();
});

test("exports every run of the filter, with the columns shown or with all, as CSV and as Parquet", async ({ page }) => {
  await page.goto(`/${project}/experiments/${no}?q=params.model+%3D+%22gbdt%22&cols=metrics.auc,params.lr&sort=metrics.auc.desc`);
  await expect(rowsOf(page)).toHaveCount(2);
  const take = async (item: string) => {
    await page.getByRole("button", { name: "Export" }).click();
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: item, exact: true }).click()]);
    return readFile(await download.path());
  };
  const lines = (await take("CSV")).toString("utf8").trim().split("\r\n");
  expect(lines[0]).toBe("run_id,name,metrics.auc,params.lr");
  expect(lines.slice(1).map((line) => line.replace(/^[0-9a-f]{32},/, "").split(",")[0])).toEqual(["boosted", "broken"]);
  const every = (await take("CSV, every column")).toString("utf8").split("\r\n")[0]?.split(",");
  expect(every).toEqual(expect.arrayContaining(["run_id", "name", "status", "start_time", "metrics.auc", "metrics.val/loss", "params.model", "params.lr"]));
  expect((await take("Parquet")).subarray(0, 4).toString("latin1")).toBe("PAR1");
});

test("tags, deletes with an undo, and lists deleted runs to restore", async ({ page }) => {
  const own = await makeExperiment(unique("changes"));
  await trackRun(own, { name: "alone", metrics: { auc: [0.1, 0.2] } });
  await page.goto(`/${project}/experiments/${own}`);
  await page.getByRole("checkbox", { name: "Select alone" }).check();
  await page.getByRole("button", { name: "Tag" }).click();
  await page.getByRole("dialog").getByLabel("Key").fill("stage");
  await page.getByRole("dialog").getByLabel("Value").fill("candidate");
  await page.getByRole("dialog").getByRole("button", { name: "Tag" }).click();
  await expect(page.getByText("The run tagged stage: candidate")).toBeVisible();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("The run deleted")).toBeVisible();
  await expect(page.getByText("No runs yet")).toBeVisible();
  await page.getByText("Deleted", { exact: true }).click();
  await page.getByRole("checkbox", { name: "Select alone" }).check();
  await page.getByRole("button", { name: "Restore" }).click();
  await expect(page.getByText("The run restored")).toBeVisible();
  await page.getByText("Active", { exact: true }).click();
  await expect(page.getByRole("row", { name: /alone/ })).toBeVisible();
});

test("a new run and its end show up by themselves", async ({ page }) => {
  const own = await makeExperiment(unique("live"));
  await page.goto(`/${project}/experiments/${own}`);
  await expect(page.getByText("No runs yet")).toBeVisible();
  await expectAccessible(page);
  const runId = await trackRun(own, { name: "arriving", status: "RUNNING" });
  const row = page.getByRole("row", { name: /arriving/ });
  await expect(row).toContainText("running");
  // The first value of a metric makes its column.
  await logMetric(runId, "auc", 0.625, 1);
  await expect(row).toContainText("0.625");
  await endRun(runId);
  await expect(row).toContainText("succeeded");
});
