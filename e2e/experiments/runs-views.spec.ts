import type { Page } from "@playwright/test";
import { expect, expectAccessible, test } from "../fixtures";
import { project } from "../instance";
import { makeExperiment, trackRun, unique } from "./tracked-run";

let no = "";

test.beforeEach(async () => {
  no = await makeExperiment(unique("views"));
  await trackRun(no, { name: "low", params: { model: "logistic" }, metrics: { auc: [0.5] } });
  await trackRun(no, { name: "high", params: { model: "gbdt" }, metrics: { auc: [0.9] } });
});

const rowsOf = (page: Page) => page.getByRole("grid", { name: "Runs" }).locator("tbody [data-row]");
const views = (page: Page) => page.getByRole("button", { name: /^Views/ });

async function saveAs(page: Page, name: string, isShared = false) {
  await views(page).click();
  await page.getByRole("textbox", { name: "Name of a new view" }).fill(name);
  if (isShared) await page.getByRole("switch", { name: "Share with the project" }).check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(views(page)).toHaveAccessibleName(`Views: ${name}`);
}

test("a table is saved under a name, comes back from it, takes changes, and its URL opens it elsewhere", async ({ page, context }) => {
  const plain = `/${project}/experiments/${no}`;
  await page.goto(`${plain}?q=metrics.auc+%3E+0.7&sort=metrics.auc.desc&cols=metrics.auc,params.model`);
  await expect(rowsOf(page)).toHaveCount(1);
  await saveAs(page, "the good");
  await expect(views(page)).toHaveAccessibleName("Views: the good");
  await page.goto(plain);
  await expect(rowsOf(page)).toHaveCount(2);
  await views(page).click();
  await expectAccessible(page);
  await page.getByRole("link", { name: "the good" }).click();
  await expect(rowsOf(page)).toHaveCount(1);
  await expect(page.getByRole("columnheader", { name: "State" })).toHaveCount(0);

  await page.getByRole("combobox", { name: "Filter runs" }).fill("metrics.auc > 0.1");
  await page.keyboard.press("Enter");
  await expect(views(page)).toHaveAccessibleName("Views: the good, edited");
  await views(page).click();
  await page.getByRole("button", { name: "Save changes to “the good”" }).click();
  await expect(views(page)).toHaveAccessibleName("Views: the good");

  const pasted = await context.newPage();
  await pasted.goto(page.url());
  await expect(rowsOf(pasted)).toHaveCount(2);
  await expect(pasted.getByRole("combobox", { name: "Filter runs" })).toHaveValue("metrics.auc > 0.1");
  await expect(views(pasted)).toHaveAccessibleName("Views: the good");
  await pasted.goBack();
});

test("views are shared, renamed, and deleted with an undo", async ({ page }) => {
  await page.goto(`/${project}/experiments/${no}?sort=metrics.auc.asc`);
  await saveAs(page, "worst first", true);
  await views(page).click();
  await expect(page.getByRole("region", { name: "Shared with the project" }).getByRole("link", { name: /worst first/ })).toBeVisible();
  await page.getByRole("textbox", { name: "Name of a new view" }).fill("worst first");
  await page.getByRole("switch", { name: "Share with the project" }).check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("alert").filter({ hasText: "There is a shared view named “worst first” already." })).toBeVisible();

  await page.getByRole("button", { name: "Change worst first" }).click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  await page.getByRole("textbox", { name: "New name of worst first" }).fill("upside down");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("link", { name: /upside down/ })).toBeVisible();
  await page.getByRole("button", { name: "Change upside down" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await expect(page.getByRole("link", { name: /upside down/ })).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(views(page)).toHaveAccessibleName("Views: upside down");
});
