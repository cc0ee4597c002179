/** Is there a feature for this, and can I trust it: the catalog over a small source of its own. */
import { expect, expectAccessible, test } from "../fixtures";
import { baseUrl, project } from "../instance";
import { makeCatalog, names } from "./small-catalog";

test.beforeAll(makeCatalog);

test("a feature is found by a word of its description, with freshness, owner and champions beside it", async ({ page }) => {
  await page.goto(`/${project}/catalog`);
  const row = page.getByRole("row").filter({ hasText: names.feature });
  for (const text of ["Amount of the latest order.", "customer", "Fresh", "none", "shop@example.test"]) await expect(row.getByText(text).first()).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Find features").fill("latest nothing");
  await expect(page.getByText("No feature matches “latest nothing”")).toBeVisible();
  await page.getByLabel("Find features").fill("latest order");
  await page.getByRole("link", { name: names.feature }).click();
  await expect(page).toHaveURL(new RegExp(`/views/${names.view}\\?feature=${names.feature}`));
});

test("a feature's page says whether it can be trusted, where it comes from, and how to read it", async ({ page }) => {
  await page.goto(`/${project}/catalog/views/${names.view}?feature=${names.feature}`);
  await expect(page.getByRole("heading", { level: 1, name: names.feature })).toBeVisible();
  await expect(page.getByText("Fresh, at the head of its stream")).toBeVisible();
  await expect(page.getByText("0.0% absent").first()).toBeVisible();
  await expect(page.getByText("no champion uses it")).toBeVisible();
  await expect(page.getByText(`${baseUrl}/api/v1/catalog/online/read`)).toBeVisible();
  await expect(page.getByText(`as ${names.feature} from orders`)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: `${names.dataset} v1` }).click();
  await expect(page.getByRole("heading", { level: 1, name: `${names.dataset} v1` })).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Breadcrumb" })).toContainText(`${names.dataset} v1`);
  await expectAccessible(page);
  await page.getByRole("link", { name: names.view, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: names.view })).toBeVisible();
});

test("what a check found stands on the source's page, with the row that breaks it", async ({ page }) => {
  await page.goto(`/${project}/catalog/sources/${names.source}`);
  await expect(page.getByText("1 row breaks it")).toBeVisible();
  await page.getByText("Examples").click();
  await expect(page.getByText(/"amount":-5/)).toBeVisible();
  await expectAccessible(page);
});
