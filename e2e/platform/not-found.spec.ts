/** Addresses that lead nowhere. Not with the fixture that forbids console errors: the browser reports each there. */
import { expect, test } from "@playwright/test";
import { expectAccessible } from "../fixtures";
import { ownerState, project } from "../instance";

test.use({ storageState: ownerState });

test("an unknown address keeps the shell, and one outside every project leads back", async ({ page }) => {
  await page.goto(`/${project}/nope`);
  await expect(page.getByText("There is no such page in this project")).toBeVisible();
  await page.getByRole("link", { name: "Models" }).click();
  await expect(page.getByRole("heading", { name: "Models", level: 1 })).toBeVisible();
  await page.goto("/nope");
  await expect(page.getByRole("heading", { name: "There is nothing at this address" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Go to your projects" }).click();
  await expect(page).toHaveURL(new RegExp(`/${project}$`));
});
