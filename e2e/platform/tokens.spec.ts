import { expect, test } from "../fixtures";
import { api, baseUrl, connect, project } from "../instance";
import { newGuest } from "./guest";

test("a token is shown once, works in its project, and is refused as soon as it is revoked", async ({ page }) => {
  await page.goto(`/${project}/settings/tokens`);
  await page.getByRole("button", { name: "New token" }).click();
  await page.getByLabel("Name").fill("ci script");
  await page.getByRole("button", { name: "Make the token" }).click();
  const code = await page.getByRole("dialog").getByText("MLFLOW_TRACKING_TOKEN=").innerText();
  const token = /slw_\w+/.exec(code)?.[0] ?? "";
  expect(await api("GET", "/viewer", undefined, token)).toMatchObject({ role: "member", project: { slug: project } });
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByRole("listitem").filter({ hasText: "ci script" }).getByRole("button", { name: "Revoke" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByText("ci script is revoked")).toBeVisible();
  const refused = await fetch(`${baseUrl}/api/v1/viewer`, { headers: { authorization: `Bearer ${token}` } });
  expect(refused.status).toBe(401);
});

test("an invited person makes an account with the role of the invitation and sees no more", async ({ page, browser }) => {
  await page.goto(`/${project}/settings/members`);
  await page.getByRole("button", { name: "Invite" }).click();
  await page.getByRole("dialog").getByLabel("Role").selectOption("viewer");
  await page.getByRole("button", { name: "Make the link" }).click();
  const link = /https?:\/\/\S+\/welcome#\S+/.exec(await page.getByRole("dialog").getByText("/welcome#").innerText())?.[0] ?? "";
  const guest = await newGuest(browser);
  await guest.goto(link);
  await guest.getByLabel("Name").fill("Vera Viewer");
  await guest.getByLabel("E-mail").fill("vera@example.test");
  await guest.getByLabel("Password").fill("a long enough password");
  await guest.getByRole("button", { name: "Make the account" }).click();
  await expect(guest).toHaveURL(new RegExp(`/${project}$`));
  await guest.goto(`/${project}/settings/tokens`);
  await expect(guest.getByText("needs the role member")).toBeVisible();
  await guest.context().close();
});

test("the token that Prometheus' lines name is let in to the metrics", async ({ page }) => {
  await page.goto(`/${project}/settings/connections`);
  await page.getByText("Prometheus", { exact: true }).click();
  const named = /credentials: <(\w+) of connect\.env>/.exec(await page.getByText("scrape_configs:").innerText())?.[1] ?? "";
  const answer = await fetch(`${baseUrl}/metrics`, { headers: { authorization: `Bearer ${connect[named]}` } });
  expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining("# TYPE")]);
});
