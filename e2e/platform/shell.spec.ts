/** Acting through the keyboard, and reading who did what. */
import type { Page } from "@playwright/test";
import { expect, expectAccessible, test } from "../fixtures";
import { project } from "../instance";
import { accept, invite, newGuest } from "./guest";

/** A key that is pressed before the page is alive is lost: it is pressed until the palette is there. */
async function openPalette(page: Page): Promise<void> {
  const palette = page.getByRole("dialog", { name: "Search, go, act" });
  await expect(async () => {
    if (!(await palette.isVisible())) await page.keyboard.press("Control+k");
    await expect(palette).toBeVisible({ timeout: 2_000 });
  }).toPass();
}

test("⌘K acts: it makes a token with Enter, and finds a part of the settings", async ({ page }) => {
  await page.goto(`/${project}/models`);
  await openPalette(page);
  const palette = page.getByRole("dialog", { name: "Search, go, act" });
  await palette.getByRole("combobox").fill("token");
  await expect(palette.getByRole("option", { name: "New token" })).toBeVisible();
  await palette.getByRole("option", { name: "New token" }).click();
  const dialog = page.getByRole("dialog", { name: "New token" });
  await dialog.getByLabel("Name").fill("from the palette");
  await page.keyboard.press("Enter");
  const shown = page.getByRole("dialog", { name: "The token, shown once" });
  await expect(shown.getByRole("button", { name: "Copy Token" })).toBeVisible();
  await expect(shown.getByText(/^slw_\w+$/)).toBeVisible();
  await page.getByRole("button", { name: "Done" }).click();
  await openPalette(page);
  await palette.getByRole("combobox").fill("audit");
  await palette.getByRole("option", { name: /^Audit/ }).first().click();
  await expect(page).toHaveURL(/settings\/audit/);
});

test("⌘K offers a viewer nothing that is refused, and the settings say what role is needed", async ({ page, browser }) => {
  const guest = await newGuest(browser);
  await accept(guest, await invite(page, "viewer"), { name: "Pia Palette", email: "pia@example.test", password: "a long enough password" });
  await openPalette(guest);
  const palette = guest.getByRole("dialog", { name: "Search, go, act" });
  await expect(palette.getByRole("option", { name: "Sign out" })).toBeVisible();
  for (const name of ["New token", "Launch a run", "Invite a person", "New channel", "New project", "Evaluate a model"]) await expect(palette.getByRole("option", { name })).toHaveCount(0);
  await guest.goto(`/${project}/settings/system`);
  await expect(guest.getByText("needs the role maintainer").first()).toBeVisible();
  await expect(guest.getByRole("button", { name: "Try again" })).toHaveCount(0);
  await guest.context().close();
});

test("the audit is filtered in the address, and a row opens in full", async ({ page }) => {
  await page.goto(`/${project}/settings/audit`);
  const did = page.getByRole("combobox", { name: "Did" });
  await did.selectOption("identity.createToken");
  await expect(page).toHaveURL(/action=identity.createToken/);
  await page.getByRole("textbox", { name: "To" }).fill("from the palette");
  await expect(page).toHaveURL(/subject=from/);
  const row = page.getByRole("row").filter({ hasText: "made the token" });
  await expect(row).toHaveCount(1);
  await expectAccessible(page);
  await row.getByRole("link").first().click();
  const entry = page.getByRole("dialog", { name: "Audit entry" });
  await expect(entry.getByText("identity.createToken")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(entry).toHaveCount(0);
  await expect(page).toHaveURL(/action=identity.createToken&subject=from/);
});
