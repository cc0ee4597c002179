import { expect, expectAccessible, test } from "../fixtures";
import { project } from "../instance";
import { makeExperiment, trackRun, unique } from "./tracked-run";

test("creates, renames, deletes and restores an experiment", async ({ page }) => {
  const name = unique("list");
  await page.goto(`/${project}/experiments`);
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await page.getByRole("dialog").getByLabel("Name").fill(name);
  await page.getByRole("dialog").getByRole("button", { name: "Create", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill(`${name}-again`);
  await page.getByRole("dialog").getByRole("button", { name: "Rename" }).click();
  await expect(page.getByRole("heading", { level: 1, name: `${name}-again` })).toBeVisible();
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page).toHaveURL(/\/experiments$/);
  await page.goto(`/${project}/experiments?view=deleted&q=${name}`);
  await page.getByRole("button", { name: `Restore ${name}-again` }).click();
  await expect(page.getByText(`${name}-again restored`)).toBeVisible();
});

test("counts runs, finds by name, and is accessible", async ({ page }) => {
  const name = unique("found");
  const no = await makeExperiment(name);
  await trackRun(no, { name: "one", metrics: { auc: [0.5, 0.6] } });
  await page.goto(`/${project}/experiments`);
  await page.getByLabel("Find an experiment").fill(name.slice(2));
  const grid = page.getByRole("grid", { name: "Experiments" });
  await expect(grid.locator("tbody [data-row]")).toHaveCount(1);
  await expect(grid.getByRole("row", { name: new RegExp(name) })).toContainText("1");
  await expectAccessible(page);
});

test("a row's menu is worked by keyboard: its arrows are not the table's", async ({ page }) => {
  const name = unique("menu");
  await makeExperiment(name);
  await page.goto(`/${project}/experiments?q=${name}`);
  const opens = page.getByRole("button", { name: `Actions on ${name}` });
  await opens.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Rename" })).toBeVisible();
  // The last is the end of it, whether it began at the first or before that.
  for (let down = 0; down < 2; down += 1) await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menuitem", { name: "Delete" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toContainText(name);
});
