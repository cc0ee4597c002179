/** Projects and accounts as people handle them, with the unhappy half. */
import { expect, expectAccessible, test } from "../fixtures";
import { project } from "../instance";
import { accept, invite, makeProject, newGuest, signIn } from "./guest";

test("an admin makes a project, renames it, archives it by its name and restores it", async ({ page }) => {
  test.slow();
  await page.goto(`/${project}`);
  await page.getByRole("button", { name: /switch project/ }).first().click();
  await page.getByRole("button", { name: "New project…" }).click();
  const dialog = page.getByRole("dialog", { name: "New project" });
  await dialog.getByLabel("Name", { exact: true }).fill("Fraud Détection");
  await expect(dialog.getByLabel("Short name")).toHaveValue("fraud-detection");
  await dialog.getByLabel("Short name").fill("Not A Slug");
  await dialog.getByRole("button", { name: "Make the project" }).click();
  await expect(dialog.getByText(/Lower-case letters, digits/)).toBeVisible();
  await dialog.getByLabel("Short name").fill("fraud");
  await dialog.getByRole("button", { name: "Make the project" }).click();
  await expect(page).toHaveURL(/\/fraud$/);
  await page.goto("/fraud/settings/project");
  await page.getByLabel("Name", { exact: true }).fill("Fraud");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("button", { name: "Project Fraud; switch project" }).first()).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Archive the project…" }).click();
  const confirm = page.getByRole("dialog");
  await confirm.getByRole("textbox").fill("frau");
  await expect(confirm.getByRole("button", { name: "Archive" })).toBeDisabled();
  await confirm.getByRole("textbox").fill("fraud");
  await confirm.getByRole("button", { name: "Archive" }).click();
  await expect(page).toHaveURL(new RegExp(`/${project}$`));
  await page.goto(`/${project}/settings/project`);
  const archived = page.getByRole("listitem").filter({ hasText: "archived" });
  await archived.getByRole("button", { name: "Restore" }).click();
  await expect(archived).toHaveCount(0);
  await page.goto("/fraud");
  await expect(page.getByRole("heading", { level: 1, name: "Home" })).toBeVisible();
});

test("a person changes name and password, signs out another browser, and is let in again by an admin's link", async ({ page, browser }) => {
  test.slow();
  const mia = { name: "Mia Member", email: "mia@example.test", password: "a long enough password" };
  const guest = await newGuest(browser);
  await accept(guest, await invite(page, "member"), mia);
  const elsewhere = await newGuest(browser);
  await signIn(elsewhere, mia);
  await expect(elsewhere).toHaveURL(new RegExp(`/${project}$`));

  await guest.goto(`/${project}/settings/account`);
  await expect(guest.getByRole("button", { name: /^Sign out Chrome/ })).toHaveCount(2);
  await expectAccessible(guest);
  await guest.getByLabel("Name").fill("Mia Mayor");
  await guest.getByRole("button", { name: "Save the name" }).click();
  await expect(guest.getByRole("button", { name: "MM, account of Mia Mayor" })).toBeVisible();
  await guest.getByRole("button", { name: /^Sign out Chrome on \w+$/ }).click();
  await expect(guest.getByRole("button", { name: /^Sign out Chrome/ })).toHaveCount(1);
  await elsewhere.goto(`/${project}`);
  await expect(elsewhere).toHaveURL(/\/sign-in/);

  await guest.getByLabel("Current password").fill("not the password");
  await guest.getByLabel("New password").fill("another long password");
  await guest.getByRole("button", { name: "Change the password" }).click();
  await expect(guest.getByText("The current password is wrong.")).toBeVisible();
  await guest.getByLabel("Current password").fill(mia.password);
  await guest.getByRole("button", { name: "Change the password" }).click();
  await expect(guest.getByText("Your password is changed")).toBeVisible();
  await signIn(elsewhere, mia);
  await expect(elsewhere.getByText("E-mail or password is wrong.")).toBeVisible();

  await page.goto(`/${project}/settings/members`);
  await page.getByRole("button", { name: "Reset password… of Mia Mayor" }).click();
  await page.getByRole("button", { name: "Make the link" }).click();
  const link = /https?:\/\/\S+\/welcome#\S+/.exec(await page.getByRole("dialog").getByText("/welcome#").innerText())?.[0] ?? "";
  await elsewhere.goto(link);
  await elsewhere.getByLabel("Password").fill("a third long password");
  await elsewhere.getByRole("button", { name: "Set the password" }).click();
  await expect(elsewhere).toHaveURL(new RegExp(`/${project}$`));
  await guest.goto(`/${project}`);
  await expect(guest).toHaveURL(/\/sign-in/);
  await guest.goto(link);
  await expect(guest.getByText(/was used already or taken back/)).toBeVisible();
});

test("an invitation is listed until it is revoked, and then opens nothing", async ({ page, browser }) => {
  const link = await invite(page, "maintainer");
  const open = page.getByRole("listitem").filter({ hasText: "whoever has the link" }).filter({ hasText: "maintainer" });
  await expect(open).toBeVisible();
  await expectAccessible(page);
  await open.getByRole("button", { name: "Revoke" }).click();
  await expect(open).toHaveCount(0);
  const guest = await newGuest(browser);
  await guest.goto(link);
  await expect(guest.getByText(/was used already or taken back/)).toBeVisible();
  await guest.goto(link.slice(0, -20));
  await expect(guest.getByText(/There is no such link here|This link is not complete/)).toBeVisible();
});

test("a viewer finds no way to manage, and someone with an account joins another project", async ({ page, browser }) => {
  test.slow();
  const val = { name: "Val Viewer", email: "val@example.test", password: "a long enough password" };
  const guest = await newGuest(browser);
  await accept(guest, await invite(page, "viewer"), val);
  await guest.goto(`/${project}/settings/members`);
  await expect(guest.getByText(val.email)).toBeVisible();
  for (const name of ["Invite", /Remove/]) await expect(guest.getByRole("button", { name })).toHaveCount(0);
  await guest.goto(`/${project}/settings/channels`);
  await expect(guest.getByText("Alerts go nowhere yet")).toBeVisible();
  await expect(guest.getByRole("button", { name: "New channel" })).toHaveCount(0);
  await guest.goto(`/${project}/settings/project`);
  await expect(guest.getByText("Danger zone")).toHaveCount(0);
  await makeProject("second", "Second");
  await guest.goto("/second");
  await expect(guest.getByRole("link", { name: "Catalog" })).toHaveCount(0);
  await page.goto("/second/settings/members");
  await page.getByRole("button", { name: "Invite" }).click();
  await page.getByRole("button", { name: "Make the link" }).click();
  const link = /https?:\/\/\S+\/welcome#\S+/.exec(await page.getByRole("dialog").getByText("/welcome#").innerText())?.[0] ?? "";
  await guest.goto(link);
  await guest.getByRole("button", { name: "Join Second as Val Viewer" }).click();
  await expect(guest).toHaveURL(/\/second$/);
});

test("a change of role is said and can be undone, an owner is made only when asked twice, and the audit names the person", async ({ page, browser }) => {
  test.slow();
  const gil = { name: "Gil Guest", email: "gil@example.test", password: "a long enough password" };
  await accept(await newGuest(browser), await invite(page, "member"), gil);
  await page.goto(`/${project}/settings/members`);
  const role = page.getByLabel("Role of Gil Guest");
  await role.selectOption("maintainer");
  await expect(page.getByText("Gil Guest is a maintainer")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Gil Guest is again a member")).toBeVisible();
  await expect(role).toHaveValue("member");
  await role.selectOption("owner");
  const dialog = page.getByRole("dialog", { name: "Make Gil Guest an owner?" });
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(role).toHaveValue("member");
  await role.selectOption("owner");
  await dialog.getByRole("button", { name: "Make an owner" }).click();
  await expect(page.getByText("Gil Guest is an owner")).toBeVisible();
  await expect(role).toHaveValue("owner");
  await page.goto(`/${project}`);
  const change = page.getByRole("listitem").filter({ hasText: "changed the role of Gil Guest from member to owner" });
  await change.getByRole("link", { name: "Gil Guest" }).click();
  await expect(page).toHaveURL(/settings\/members$/);
});
