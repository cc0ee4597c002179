/** Makes the first owner's account through the link that the start printed, and keeps the session for the other tests. */
import { existsSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { owner, ownerLink, ownerState, project } from "./instance";

test("the first owner makes an account through the one-time link", async ({ page }) => {
  if (existsSync(ownerState)) return;
  await page.goto(ownerLink);
  await page.getByLabel("Name").fill(owner.name);
  await page.getByLabel("E-mail").fill(owner.email);
  await page.getByLabel("Password").fill(owner.password);
  await page.getByRole("button", { name: "Make the account" }).click();
  // The first page that this instance shows.
  await expect(page).toHaveURL(new RegExp(`/${project}$`), { timeout: 60_000 });
  await page.context().storageState({ path: ownerState });
});
