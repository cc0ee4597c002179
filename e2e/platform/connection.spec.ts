/** Without a connection the page says so and stays. */
import { expect, test } from "../fixtures";
import { project } from "../instance";

test("offline, the page says since when, keeps itself, and goes on once it is back", async ({ page, context }) => {
  await page.goto(`/${project}/models`);
  const bar = page.locator("[data-shell=bar]");
  await expect(bar.getByText("Live", { exact: true })).toBeVisible();
  await context.setOffline(true);
  await expect(bar.getByText(/Connection lost since \d\d:\d\d/)).toBeVisible();
  await page.getByRole("link", { name: "Compute" }).click();
  await expect(page.getByText("No connection to the server")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Models", level: 1 })).toBeVisible();
  await context.setOffline(false);
  await expect(bar.getByText("Live", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Compute" }).click();
  await expect(page.getByRole("heading", { name: "Compute", level: 1 })).toBeVisible();
});
