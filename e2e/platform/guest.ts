/** Other people, each in a browser of their own. */
import { type Browser, expect, type Page } from "@playwright/test";
import { opensAlive } from "../alive";
import { api, connect, project } from "../instance";

export const signedOut = { cookies: [], origins: [] };

export async function newGuest(browser: Browser): Promise<Page> {
  return opensAlive(await (await browser.newContext({ storageState: signedOut })).newPage());
}

/** The link of an invitation, as the settings page makes it. */
export async function invite(page: Page, role: string): Promise<string> {
  await page.goto(`/${project}/settings/members`);
  await page.getByRole("button", { name: "Invite" }).click();
  await page.getByRole("dialog").getByLabel("Role").selectOption(role);
  await page.getByRole("button", { name: "Make the link" }).click();
  const shown = await page.getByRole("dialog").getByText("/welcome#").innerText();
  await page.getByRole("button", { name: "Done" }).click();
  return /https?:\/\/\S+\/welcome#\S+/.exec(shown)?.[0] ?? "";
}

export async function accept(guest: Page, link: string, person: { name: string; email: string; password: string }): Promise<void> {
  await guest.goto(link);
  await guest.getByLabel("Name").fill(person.name);
  await guest.getByLabel("E-mail").fill(person.email);
  await guest.getByLabel("Password").fill(person.password);
  await guest.getByRole("button", { name: "Make the account" }).click();
  await expect(guest).toHaveURL(new RegExp(`/${project}$`));
}

export async function signIn(guest: Page, person: { email: string; password: string }): Promise<void> {
  await guest.goto("/sign-in");
  await guest.getByLabel("E-mail").fill(person.email);
  await guest.getByLabel("Password").fill(person.password);
  await guest.getByRole("button", { name: "Sign in" }).click();
}

/** Another project, made as a script would. */
export async function makeProject(slug: string, name: string): Promise<void> {
  await api("POST", "/projects", { slug, name }, connect.SLIPWAY_ADMIN_TOKEN);
}
