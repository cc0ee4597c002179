import type { Page } from "@playwright/test";
import { expect, expectAccessible, test } from "../fixtures";
import { project } from "../instance";
import { makeExperiment, trackRun, unique } from "./tracked-run";

const curve = (to: number) => Array.from({ length: 40 }, (_, step) => to * (1 - Math.exp(-step / 8)));

let ids: string[] = [];

test.beforeAll(async () => {
  const no = await makeExperiment(unique("report"));
  ids = [];
  for (const [index, lr] of ["0.1", "0.1", "0.01", "0.01"].entries()) ids.push(await trackRun(no, { name: `try ${index}`, params: { lr, seed: String(index % 2) }, metrics: { auc: curve(0.7 + index / 50) } }));
});

test("a comparison is kept in a report as it stands, with words, and others read it", async ({ page }) => {
  const name = unique("Rates");
  await page.goto(`/${project}/experiments/compare?runs=${ids.join(",")}&by=params.lr`);
  await page.getByRole("button", { name: "Add to a report" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel("Title of this comparison").fill("By learning rate");
  await dialog.getByLabel("Words above it").fill("# What we saw\n\nA **smaller** rate wins.");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByText(`Added to ${name}`)).toBeVisible();

  // A second picture of the same runs goes into the same report; the two do not disturb each other.
  await page.goto(`/${project}/experiments/compare?runs=${ids.join(",")}&part=box&by=params.lr&base=${ids[2]}`);
  await page.getByRole("button", { name: "Add to a report" }).click();
  await dialog.getByLabel("Report").selectOption({ label: name });
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByText(`Added to ${name}`)).toBeVisible();

  await page.goto(`/${project}/experiments`);
  await page.getByRole("link", { name: "Reports" }).click();
  await page.getByRole("link", { name }).click();
  await expect(page.getByRole("heading", { name: "What we saw" })).toBeVisible();
  const [first, second] = [page.getByRole("region", { name: "By learning rate" }), page.getByRole("region", { name: "Comparison", exact: true }).filter({ has: page.getByRole("heading", { name: "Comparison" }) })];
  await expect(first.getByRole("figure", { name: "auc" })).toContainText("lr 0.01 (n = 2)");
  await second.scrollIntoViewIfNeeded();
  await expect(second.getByRole("figure", { name: "auc by lr" })).toBeVisible();
  await expect(first.getByRole("figure", { name: "auc" })).toBeAttached();
  await expect(first.getByRole("button", { name: /Make .* the baseline/ })).toHaveCount(0);
  await expectAccessible(page);
});

/** A report of one comparison of them all, opened from the list. */
async function openNewReport(page: Page, name: string): Promise<void> {
  await page.goto(`/${project}/experiments/compare?runs=${ids.join(",")}`);
  await page.getByRole("button", { name: "Add to a report" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill(name);
  await page.getByRole("dialog").getByRole("button", { name: "Add", exact: true }).click();
  await page.getByText(`Added to ${name}`).waitFor();
  await page.goto(`/${project}/experiments/reports`);
  await page.getByRole("link", { name }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

test("its maker edits it, moves its parts and deletes it", async ({ page }) => {
  const name = unique("Draft");
  await openNewReport(page, name);
  await page.getByRole("button", { name: "Edit" }).click();
  await page.getByRole("button", { name: "Add words" }).click();
  await page.getByLabel("Words of part 2").fill("These first.");
  await page.getByRole("button", { name: "Move part 2 up" }).click();
  await page.getByLabel("Title of part 2").fill("All four");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("These first.")).toBeVisible();
  await expect(page.getByRole("region", { name: "All four" })).toBeVisible();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page).toHaveURL(/\/experiments\/reports$/);
  await expect(page.getByRole("link", { name })).toHaveCount(0);
});

test.describe("two who edit one report", () => {
  test.use({ refusals: /status of 409/ });
  test("the second to save is told of the first, whose words stay", async ({ page, context }) => {
    const name = unique("Both");
    await openNewReport(page, name);
    const other = await context.newPage();
    await other.goto(page.url());
    for (const each of [page, other]) {
      await each.getByRole("button", { name: "Edit" }).click();
      await each.getByRole("button", { name: "Add words" }).click();
    }
    const isRead = page.waitForResponse((answer) => answer.url().includes("getReport"));
    await other.getByLabel("Words of part 2").fill("From the other.");
    await other.getByRole("button", { name: "Save" }).click();
    await expect(other.getByText("From the other.")).toBeVisible();
    await isRead;
    await page.getByLabel("Words of part 2").fill("Mine.");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText(/Your words are kept here/)).toBeVisible();
    await expect(page.getByLabel("Words of part 2")).toHaveValue("Mine.");
    await other.reload();
    await expect(other.getByText("From the other.")).toBeVisible();
  });
});
