import { expect, test } from "@playwright/test";
import { expectAccessible } from "../fixtures";
import { owner, ownerLink, project } from "../instance";

test("a person signs in, sees the project, signs out and is out", async ({ page }) => {
  await page.goto(`/${project}`);
  await expect(page).toHaveURL(/\/sign-in/);
  await expectAccessible(page);
  await page.getByLabel("E-mail").fill(owner.email);
  await page.getByLabel("Password").fill("a wrong password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("E-mail or password is wrong.")).toBeVisible();
  await page.getByLabel("Password").fill(owner.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(new RegExp(`/${project}$`));
});

test("a link into the portal is where the sign-in leads", async ({ page }) => {
  await page.goto(`/${project}/experiments?archived=true`);
  await page.getByLabel("E-mail").fill(owner.email);
  await page.getByLabel("Password").fill(owner.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(new RegExp(`/${project}/experiments\\?archived=true$`));
});

test("a one-time link works once", async ({ page }) => {
  await page.goto(ownerLink);
  await expect(page.getByText(/was used already or taken back/)).toBeVisible();
  await page.getByRole("link", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
});
