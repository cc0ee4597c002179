/** What is refused, each with its sentence. Not with the fixture that forbids console errors: the browser reports each refusal there. */
import { expect, test } from "@playwright/test";
import { unique } from "../experiments/tracked-run";
import { api, ownerState, project } from "../instance";
import { accept, invite, newGuest } from "../platform/guest";
import { makeTinyProject, type TinyProject, train, type Trained } from "./tiny-project";

test.use({ storageState: ownerState });

let tiny: TinyProject;
let steady: Trained;
let external: Trained;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  tiny = await makeTinyProject();
  [steady, external] = [await train(tiny, "steady"), await train(tiny, "external")];
});

test("a file with data outside itself is refused with the reason, and no empty model stays behind", async ({ page }) => {
  const name = unique("refused");
  await page.goto(`/${project}/experiments/runs/${external.runHex}`);
  await page.getByRole("button", { name: "Register" }).click();
  const dialog = page.getByRole("dialog");
  const isNew = dialog.getByText("A new model");
  await expect(isNew.or(dialog.getByLabel("Name"))).toBeVisible();
  if (await isNew.isVisible()) await isNew.click();
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("button", { name: "Register" }).click();
  await expect(dialog.getByText(/external data is refused/)).toBeVisible();
  await expect(dialog.getByLabel("Name")).toHaveValue(name);
  await page.goto(`/${project}/models/${name}`);
  await expect(page.getByText("There is no such model in this project")).toBeVisible();
});

test("of two promotions that race, the later one lapses and says so; nobody approves their own", async ({ page }) => {
  const name = unique("race");
  await api("POST", "/models", { name });
  for (const trained of [steady, steady]) await api("POST", `/models/${name}/versions`, { loggedModelId: trained.loggedModelId });
  for (const version of [1, 2]) await api("POST", `/models/${name}/promotions`, { version, reason: `race of ${version}` });
  await page.goto(`/${project}/models/${name}`);
  const threads = page.getByRole("listitem").filter({ has: page.getByRole("heading", { level: 3 }) });
  for (const version of [1, 2]) {
    await threads.filter({ hasText: `race of ${version}` }).getByRole("button", { name: "Approve…" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Approve" }).click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
  await expect(threads.filter({ hasText: "race of 2" })).toContainText("another version became champion meanwhile");
  await page.goto(`/${project}/models/${name}?version=2`);
  await page.getByRole("button", { name: "Promote v2…" }).click();
  await page.getByLabel("Why").fill("again");
  await page.getByRole("button", { name: "Ask for promotion" }).click();
  const own = threads.filter({ hasText: "again" });
  await expect(own.getByText(/Four eyes/)).toBeVisible();
  await expect(own.getByRole("button", { name: "Approve…" })).toBeDisabled();
});

test("a viewer reads it all and is offered nothing that changes it", async ({ page, browser }) => {
  const name = unique("viewed");
  await api("POST", "/models", { name, suite: tiny.suite });
  await api("POST", `/models/${name}/versions`, { loggedModelId: steady.loggedModelId });
  const guest = await newGuest(browser);
  await accept(guest, await invite(page, "viewer"), { name: "Vera Viewer", email: `${unique("vera")}@example.test`, password: "correct horse battery" });
  await guest.goto(`/${project}/models/${name}`);
  await expect(guest.getByText("Version 1 has not been judged.", { exact: false })).toBeVisible();
  await expect(guest.getByText("Rules of the gate")).toBeVisible();
  await expect(guest.getByRole("button", { name: /Promote|Judge|judge|Change…|Roll back|Evaluate/ })).toHaveCount(0);
  await guest.goto(`/${project}/experiments/runs/${steady.runHex}`);
  await expect(guest.getByRole("heading", { level: 1, name: "steady" })).toBeVisible();
  await expect(guest.getByRole("button", { name: /^(Register|Evaluate)$/ })).toHaveCount(0);
  await guest.goto(`/${project}/evaluations`);
  await expect(guest.getByRole("heading", { level: 1, name: "Evaluations" })).toBeVisible();
  await expect(guest.getByRole("button", { name: "Evaluate a model" })).toHaveCount(0);
  await guest.goto(`/${project}/monitoring/alerts`);
  await expect(guest).toHaveURL(new RegExp(`/${project}/monitoring$`));
  await expect(guest.getByRole("heading", { level: 1, name: "Monitoring" })).toBeVisible();
  await expect(guest.getByText("Live", { exact: true })).toBeVisible();
  await expect(guest.getByRole("link", { name: "New monitor" })).toHaveCount(0);
  await guest.goto(`/${project}/experiments/sweeps/new`);
  await expect(guest).toHaveURL(new RegExp(`/${project}/experiments/launch$`));
});
