import type { Page } from "@playwright/test";
import { expect, expectAccessible, test } from "../fixtures";
import { holdLateScripts } from "../held-scripts";
import { project } from "../instance";
import { logMetric, makeExperiment, trackRun, unique } from "./tracked-run";

const rowsOf = (page: Page) => page.getByRole("grid", { name: "Runs" }).locator("tbody [data-row]");

async function trackMany(no: string, count: number): Promise<void> {
  for (let at = 0; at < count; at += 10) {
    await Promise.all(Array.from({ length: Math.min(10, count - at) }, (_, index) => trackRun(no, { name: `run ${at + index}`, params: { kind: (at + index) % 12 === 0 ? "other" : "wanted" }, metrics: { auc: [0.5] } })));
  }
}

test("all that match are chosen beyond what is loaded, compared, tagged and deleted in one operation, and brought back", async ({ page }) => {
  const no = await makeExperiment(unique("bulk"));
  await trackMany(no, 120);
  await page.goto(`/${project}/experiments/${no}?q=params.kind+%3D+%22wanted%22`);
  await expect(page.getByText("110 runs")).toBeVisible();
  const chooseAll = async () => {
    await page.getByRole("checkbox", { name: "Select all loaded rows" }).check();
    // As many as were loaded: another page may have come into sight.
    await expect(page.getByText(/^(50|100) selected$/)).toBeVisible();
    await page.getByRole("button", { name: "Select all 110 that match" }).click();
    await expect(page.getByText("All 110 that match selected")).toBeVisible();
  };
  await chooseAll();
  await page.getByRole("button", { name: "Compare" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Compare 110 runs" })).toBeVisible();
  await page.goBack();
  await chooseAll();
  await page.getByRole("button", { name: "Tag" }).click();
  await page.getByRole("dialog").getByLabel("Key").fill("stage");
  await page.getByRole("dialog").getByLabel("Value").fill("old");
  await page.getByRole("dialog").getByRole("button", { name: "Tag" }).click();
  await expect(page.getByText("110 runs tagged stage: old")).toBeVisible();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog", { name: "Delete 110 runs?" }).getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("110 runs deleted")).toBeVisible();
  await expect(page.getByText("No runs match this filter.")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("110 runs restored")).toBeVisible();
  await page.getByRole("combobox", { name: "Filter runs" }).fill('tags.stage = "old"');
  await page.keyboard.press("Enter");
  await expect(page.getByText("110 runs", { exact: true })).toBeVisible();
});

test("what arrives while someone chooses is announced and moves nothing; values change in place", async ({ page }) => {
  const no = await makeExperiment(unique("held"));
  await trackRun(no, { name: "first", metrics: { auc: [0.5] } });
  const running = await trackRun(no, { name: "second", metrics: { auc: [0.5] }, status: "RUNNING" });
  await page.goto(`/${project}/experiments/${no}`);
  await expect(rowsOf(page)).toHaveCount(2);
  await page.getByRole("checkbox", { name: "Select first" }).check();
  await trackRun(no, { name: "third", metrics: { auc: [0.5] } });
  await trackRun(no, { name: "fourth", metrics: { auc: [0.5] } });
  await expect(page.getByRole("button", { name: "2 new runs" })).toBeVisible();
  await expectAccessible(page);
  await expect(rowsOf(page)).toHaveCount(2);
  await logMetric(running, "auc", 0.625, 1);
  await expect(page.getByRole("row", { name: /second/ })).toContainText("0.625");
  await page.getByRole("button", { name: "2 new runs" }).click();
  await expect(rowsOf(page)).toHaveCount(4);
  await expect(page.getByText("1 selected")).toBeVisible();
  await expect(page.getByRole("button", { name: /new run/ })).toHaveCount(0);
});

test("columns are found among many, and a greatest value is a column to sort by", async ({ page }) => {
  const no = await makeExperiment(unique("columns"));
  const many = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`layer/${index}/norm`, [index]]));
  await trackRun(no, { name: "peaked", metrics: { auc: [0.9, 0.2], ...many } });
  await trackRun(no, { name: "steady", metrics: { auc: [0.4, 0.5] } });
  await page.goto(`/${project}/experiments/${no}`);
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("textbox", { name: "Find a column" }).fill("layer/217/");
  await page.getByRole("checkbox", { name: "layer/217/norm" }).check();
  await page.getByRole("textbox", { name: "Find a column" }).fill("auc");
  await page.getByRole("button", { name: "max of auc" }).click();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("row", { name: /peaked/ })).toContainText("217");
  await page.getByRole("columnheader", { name: "max auc" }).getByRole("button").click();
  await expect(rowsOf(page).first()).toContainText("peaked");
  await expect(page).toHaveURL(/sort=max\(metrics\.auc\)\.desc/);
  await page.reload();
  await expect(rowsOf(page).first()).toContainText("peaked");
  await expect(page.getByRole("row", { name: /peaked/ })).toContainText("0.900");
});

test("a value among more than come with the page is completed, also where it is typed before the filter's language has come", async ({ page }) => {
  const no = await makeExperiment(unique("values"));
  for (let index = 0; index < 30; index += 1) await trackRun(no, { name: `run ${index}`, params: { commit: `c${100 + index}` }, metrics: { auc: [index] } });
  const release = await holdLateScripts(page, `/${project}/experiments/${no}`);
  await page.goto(`/${project}/experiments/${no}`, { waitUntil: "commit" });
  await expect(rowsOf(page).first()).toBeVisible();
  await page.getByRole("combobox", { name: "Filter runs" }).pressSequentially('params.commit = "c129');
  release();
  await page.getByRole("option", { name: '"c129"' }).click();
  await page.keyboard.press("Enter");
  await expect(rowsOf(page)).toHaveCount(1);
  await expect(page.getByRole("row", { name: /run 29/ })).toBeVisible();
});
