import type { Page } from "@playwright/test";
import { expect, expectAccessible, test } from "../fixtures";
import { project } from "../instance";
import { makeExperiment, trackRun, unique } from "./tracked-run";

const many = 200;
const curve = (to: number) => Array.from({ length: 120 }, (_, step) => to * (1 - Math.exp(-step / 25)) + 0.004 * Math.sin(step * to * 9));

let no = "";
let ids: string[] = [];

test.beforeAll(async () => {
  no = await makeExperiment(unique("compare-many"));
  ids = [];
  for (let from = 0; from < many; from += 20)
    ids.push(
      ...(await Promise.all(
        Array.from({ length: 20 }, (_, at) => {
          const index = from + at;
          const lr = [0.001, 0.01, 0.1, 1][index % 4] ?? 1;
          return trackRun(no, { name: `run ${index}`, params: { lr: String(lr), seed: String(Math.floor(index / 4)), model: index % 2 ? "gbdt" : "mlp" }, metrics: { auc: curve(0.6 + 0.05 * (index % 4) + (index % 7) / 500), loss: curve(2 - (index % 9) / 10) } });
        }),
      )),
    );
});

/** The runs of the table, chosen there, compared by the button. */
async function openComparison(page: Page): Promise<void> {
  const answer = await page.request.post(`/api/trpc/experiments.keepRunSet?batch=1`, {
    data: { 0: { json: { project, runIds: ids.map((hex) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")) } } },
  });
  expect(answer.ok()).toBe(true);
  const [{ result }] = (await answer.json()) as [{ result: { data: { json: { id: string } } } }];
  await page.goto(`/${project}/experiments/compare?set=${result.data.json.id}`);
}

test("two hundred runs stand under a short address, with the cells in sight in the page", async ({ page }) => {
  await openComparison(page);
  await expect(page.getByRole("heading", { level: 1, name: `Compare ${many} runs` })).toBeVisible();
  const table = page.getByRole("region", { name: "Comparison" });
  await expect(table.getByRole("row", { name: /^auc/ })).toContainText("0.");
  expect(await table.getByRole("columnheader").count()).toBeLessThan(30);
  await expect(table.getByRole("columnheader", { name: "run 199" })).toHaveCount(0);
  await table.evaluate((node) => node.scrollTo({ left: node.scrollWidth }));
  await expect(table.getByRole("columnheader", { name: "run 199" })).toBeVisible();
  await expect(table.getByRole("columnheader", { name: "run 0" })).toBeVisible();
  await expectAccessible(page);
  await table.getByRole("button", { name: "Take run 199 out" }).click();
  await expect(page.getByRole("heading", { level: 1, name: `Compare ${many - 1} runs` })).toBeVisible();
});

test("its curves zoom into finer points, and one line is named where the pointer is", async ({ page }) => {
  await openComparison(page);
  const figure = page.getByRole("figure", { name: "auc" });
  const plot = figure.locator(".u-over");
  await plot.scrollIntoViewIfNeeded();
  await plot.hover({ position: { x: 150, y: 60 } });
  await expect(figure.locator("[data-pointed]")).toContainText(/run \d+/);
  const box = await plot.boundingBox();
  if (!box) throw new Error("the plot has no place");
  const finer = page.waitForResponse((response) => response.url().includes("readPackedCurves") && response.url().includes("fromStep"));
  await page.mouse.move(box.x + box.width * 0.25, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + 70, { steps: 4 });
  await page.mouse.up();
  expect((await finer).ok()).toBe(true);
  await expect(page).toHaveURL(/zoom=\d/);
  await page.getByRole("button", { name: "Show all again" }).first().click();
  await expect(page).not.toHaveURL(/zoom=/);
});

test("groups become one line each, with how many runs it is of", async ({ page }) => {
  await openComparison(page);
  await page.getByLabel("Group by").selectOption({ label: "Param lr" });
  await expect(page).toHaveURL(/by=params\.lr/);
  await expect(page.getByRole("figure", { name: "auc" })).toContainText("lr 0.001 (n = 50)");
});

test("repeats with the same seeds are judged by a paired test", async ({ page }) => {
  await openComparison(page);
  await page.getByLabel("Group by").selectOption({ label: "Repeats with other seeds" });
  const groups = page.getByRole("region", { name: "Groups" });
  await expect(groups.getByRole("columnheader", { name: /model mlp · lr 0\.001|lr 0\.001 · model mlp/ })).toContainText("50 runs");
  await expect(groups.getByRole("row", { name: /^auc/ })).toContainText(/better paired t test, p < 0\.001|paired t test, p < 0\.001/);
  await expectAccessible(page);
});

test("a stretch on an axis leaves the runs that pass through it, by keyboard, in the address", async ({ page }) => {
  await openComparison(page);
  await page.getByText("Parallel", { exact: true }).click();
  const figure = page.getByRole("figure", { name: "Parallel coordinates" });
  await expect(figure.locator("canvas").first()).toBeVisible();
  const foot = figure.getByRole("slider", { name: "lr: from" });
  for (let presses = 0; presses < 10; presses += 1) await foot.press("ArrowUp");
  await expect(figure.getByRole("status")).toHaveText("100 of 200 runs");
  await expect(page).toHaveURL(/brush=/);
  await expectAccessible(page);
  await page.reload();
  await expect(figure.getByRole("status")).toHaveText("100 of 200 runs");
  await figure.getByRole("button", { name: "Clear" }).click();
  await expect(page).not.toHaveURL(/brush=/);
});

test("scatter and boxes by a param", async ({ page }) => {
  await openComparison(page);
  await page.getByText("Scatter", { exact: true }).click();
  await page.getByLabel("Across", { exact: true }).selectOption({ label: "lr" });
  const scatter = page.getByRole("figure", { name: "auc by lr" });
  await expect(scatter.locator(".recharts-scatter-symbol")).toHaveCount(many);
  await expectAccessible(page);
  await page.getByText("Box", { exact: true }).click();
  await page.getByLabel("Group by").selectOption({ label: "Param lr" });
  await expect(page.getByRole("figure", { name: "auc by lr" }).getByRole("img")).toHaveCount(4);
  await expectAccessible(page);
});
