/**
 * The main job in the browser alone, on the example's data: launch, watch, compare, evaluate, register, the gate's
 * refusal and its pass, two people's promotion, a question to the endpoint, the replay and its alert.
 */
import { type Browser, expect, type Page } from "@playwright/test";
import { test } from "../fixtures";
import { project } from "../instance";
import { accept, invite, newGuest } from "../platform/guest";

test.setTimeout(30 * 60_000);
const patience = { timeout: 600_000 };
const model = `/${project}/models/flight-delay`;
const reviewer = { name: "Rita Reviewer", email: "rita@example.test", password: "another long password" };

async function launch(page: Page, name: string, beforeHour: string): Promise<string> {
  await page.goto(`/${project}/experiments/launch?recipe=train`);
  await expect(page.getByLabel("dataset", { exact: true })).toBeEnabled();
  await page.getByLabel("dataset", { exact: true }).selectOption({ label: "flights v1, 298k rows" });
  await page.getByRole("textbox", { name: "Train on departures before hour" }).fill(beforeHour);
  await page.getByLabel("Run name").fill(name);
  await expect(page.getByRole("complementary", { name: "What will run" })).toContainText(`--before-hour ${beforeHour}`);
  await page.getByRole("button", { name: "Launch" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  return page.url();
}

async function watch(page: Page, run: string): Promise<void> {
  await page.goto(run);
  await expect(page.locator("header").getByText("Succeeded")).toBeVisible(patience);
  await expect(page.getByText("validation_logloss").first()).toBeVisible();
}

async function evaluate(page: Page, run: string): Promise<void> {
  await page.goto(run);
  await page.getByRole("button", { name: "Evaluate" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByLabel("Suite")).toHaveValue("flight-delay");
  await dialog.getByRole("button", { name: "Evaluate" }).click();
  await expect(page.getByText(/30 clusters/).first()).toBeVisible(patience);
}

async function register(page: Page, run: string): Promise<number> {
  await page.goto(run);
  await page.getByRole("button", { name: "Register" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText(/becomes version \d+/);
  const version = Number(/becomes version (\d+)/.exec(await dialog.innerText())?.[1]);
  await dialog.getByRole("button", { name: "Register" }).click();
  await expect(page).toHaveURL(new RegExp(`flight-delay\\?version=${version}$`));
  await page.getByRole("button", { name: `Let the gate judge v${version}` }).click();
  return version;
}

async function newReviewer(page: Page, browser: Browser): Promise<Page> {
  const guest = await newGuest(browser);
  await accept(guest, await invite(page, "maintainer"), reviewer);
  return guest;
}

test("from a launch to a champion that another person approved, asked, watched and alerted on", async ({ page, browser }) => {
  const [harmful, good] = await test.step("launches two runs from the recipe's form", async () => [
    await launch(page, "core hours by hand", "20"),
    await launch(page, "all hours by hand", "24"),
  ]);
  await test.step("watches them to their end", async () => {
    await watch(page, harmful);
    await watch(page, good);
  });
  await test.step("compares them: one parameter differs", async () => {
    const hex = (url: string) => /runs\/([0-9a-f]{32})/.exec(url)?.[1];
    await page.goto(`/${project}/experiments/compare?runs=${hex(harmful)},${hex(good)}`);
    await expect(page.getByRole("heading", { level: 1, name: "Compare 2 runs" })).toBeVisible();
    await expect(page.getByRole("row", { name: /before.hour/ })).toContainText("20");
  });
  await test.step("rolls back to v2, and has people approve from now on", async () => {
    await page.goto(model);
    await page.getByRole("button", { name: "Roll back to v2…" }).click();
    await page.getByRole("dialog").getByLabel("Why").fill("To have people approve from here on");
    await page.getByRole("dialog").getByRole("button", { name: "Roll back" }).click();
    await expect(page.getByText("Version 2 is champion again")).toBeVisible();
    await page.getByRole("button", { name: "Change…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Who approves").selectOption("person");
    await dialog.getByRole("button", { name: "Change the gate" }).click();
    await expect(dialog).toBeHidden();
  });
  await test.step("evaluates both", async () => {
    await evaluate(page, harmful);
    await evaluate(page, good);
  });
  await test.step("sees the gate refuse the bad one, with the slice", async () => {
    await register(page, harmful);
    await expect(page.getByRole("row", { name: /hour 20–23/ })).toContainText(/harmed/i, patience);
    await expect(page.getByText(/is refused against the champion v2/)).toBeVisible();
  });
  const version = await test.step("and pass the good one, which waits for another person", async () => {
    const number = await register(page, good);
    await page.getByRole("button", { name: `Promote v${number}…` }).click(patience);
    await page.getByRole("dialog").getByLabel("Why").fill("All hours, with the inbound delays");
    await page.getByRole("dialog").getByRole("button", { name: "Ask for promotion" }).click();
    await expect(page.getByText("waits for approval").first()).toBeVisible();
    await expect(page.getByText(/Four eyes/)).toBeVisible();
    await expect(page.getByRole("button", { name: "Approve…" })).toBeDisabled();
    return number;
  });
  await test.step("which another person approves", async () => {
    const guest = await newReviewer(page, browser);
    await page.goto(model);
    await guest.goto(`/${project}`);
    await guest.getByRole("link", { name: /flight-delay/ }).first().click();
    await guest.getByRole("button", { name: "Approve…" }).first().click();
    await guest.getByRole("dialog").getByRole("button", { name: "Approve" }).click();
    await expect(guest.getByText(`Version ${version} is champion now`)).toBeVisible();
    await guest.context().close();
    await expect(page.getByText(`v${version} since`)).toBeVisible();
  });
  await test.step("asks the endpoint", async () => {
    await page.goto(model);
    await page.getByRole("button", { name: `Ask version ${version}` }).click();
    await expect(page.getByRole("region", { name: "Answer" })).toContainText(/Score\s*0\.\d{4}/);
  });
  await test.step("sees the replay move and its alert", async () => {
    await page.goto(`/${project}/monitoring/flight-delay`);
    const stop = page.getByRole("button", { name: "Stop…" });
    const again = page.getByRole("button", { name: "Start again…" });
    await expect(stop.or(again)).toBeVisible();
    if (await stop.isVisible()) {
      await stop.click();
      await page.getByRole("dialog").getByRole("button", { name: "Stop", exact: true }).click();
    }
    await again.click(patience);
    await page.getByRole("dialog").getByRole("button", { name: "Start again" }).click();
    await expect(page.getByText(/At \d+ May 2001/)).toBeVisible(patience);
    await expect(page.getByText(/At \d+ June? 2001/)).toBeVisible(patience);
    await page.goto(`/${project}/monitoring`);
    await page.getByRole("link", { name: /flight-delay: / }).first().click();
    await expect(page.getByText("What broke its limit")).toBeVisible();
  });
});
