/** A page is in sight before its scripts have come: what is pressed, chosen or typed by then happens once they have. */
import type { Page } from "@playwright/test";
import { makeExperiment, trackRun, unique } from "../experiments/tracked-run";
import { expect, test } from "../fixtures";
import { holdScripts } from "../held-scripts";
import { project } from "../instance";
import { signedOut } from "./guest";

async function openWithoutScripts(page: Page, path: string): Promise<() => void> {
  const release = await holdScripts(page);
  await page.goto(path, { waitUntil: "commit" });
  return release;
}

/** The frame in which what was kept is done comes late, once `giveFrames` is called: as on a machine that is busy. */
async function holdFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    const frames: FrameRequestCallback[] = [];
    const soon = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (frame) => frames.push(frame);
    Reflect.set(window, "giveFrames", () => {
      window.requestAnimationFrame = soon;
      for (const frame of frames) soon(frame);
    });
  });
}

test("what is chosen in a list and a switch, in a part that is loaded late", async ({ page }) => {
  const no = await makeExperiment(unique("early"));
  const ids = await Promise.all(["0.1", "0.1", "0.2", "0.2"].map((lr, at) => trackRun(no, { name: `run ${at}`, params: { lr }, metrics: { auc: [0.1, 0.2] } })));
  const release = await openWithoutScripts(page, `/${project}/experiments/compare?runs=${ids.join(",")}`);
  await page.getByLabel("Group by").selectOption({ label: "Param lr" });
  await page.getByText("All rows").click();
  release();
  await expect(page).toHaveURL(/by=params\.lr/);
  await expect(page).toHaveURL(/all=true/);
  await expect(page.getByLabel("Group by")).toHaveValue("params.lr");
});

test("what is typed", async ({ page }) => {
  const release = await openWithoutScripts(page, `/${project}/settings/audit`);
  await page.getByRole("textbox", { name: "To" }).pressSequentially("some");
  release();
  await expect(page).toHaveURL(/subject=some/);
  await expect(page.getByRole("textbox", { name: "To" })).toHaveValue("some");
});

test("what is typed on, once the page is alive, is not undone by what was typed before", async ({ page }) => {
  const release = await openWithoutScripts(page, `/${project}/settings/audit`);
  const field = page.getByRole("textbox", { name: "To" });
  await field.pressSequentially("so");
  await holdFrames(page);
  release();
  const isAlive = () => Object.keys(document.activeElement ?? {}).some((key) => key.startsWith("__reactFiber$"));
  await page.waitForFunction(isAlive, undefined, { polling: 50 });
  await page.keyboard.type("me");
  await page.evaluate(() => Reflect.get(window, "giveFrames")());
  await expect(page).toHaveURL(/subject=some/);
  await expect(field).toHaveValue("some");
});

test("what is typed before and after React wrote its older text over it", async ({ page }) => {
  const release = await openWithoutScripts(page, `/${project}/experiments/${await makeExperiment(unique("early"))}`);
  const field = page.getByRole("combobox", { name: "Filter runs" });
  await field.pressSequentially("metrics.a");
  await holdFrames(page);
  release();
  const isAlive = () => Object.keys(document.activeElement ?? {}).some((key) => key.startsWith("__reactFiber$"));
  await page.waitForFunction(isAlive, undefined, { polling: 50 });
  // Leaving the field makes React render it.
  await field.evaluate((input: HTMLInputElement) => {
    input.blur();
    input.focus();
  });
  await page.keyboard.press("End");
  await page.keyboard.type("uc > 0.5");
  await page.evaluate(() => Reflect.get(window, "giveFrames")());
  await expect(field).toHaveValue("metrics.auc > 0.5");
});

test("a filter and Enter", async ({ page }) => {
  const release = await openWithoutScripts(page, `/${project}/experiments/${await makeExperiment(unique("early"))}`);
  await page.getByRole("combobox", { name: "Filter runs" }).fill("metrics.auc > 0.5");
  await page.keyboard.press("Enter");
  release();
  await expect(page).toHaveURL(/q=metrics\.auc/);
});

test("what comes alive late is not drawn anew when the page goes live: who is in a field stays in it", async ({ page }) => {
  const release = await openWithoutScripts(page, `/${project}/settings/audit`);
  const field = page.getByRole("textbox", { name: "To" });
  await field.focus();
  const shown = await field.elementHandle();
  release();
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await page.keyboard.type("some");
  await expect(page).toHaveURL(/subject=some/);
  expect(await shown?.evaluate((element) => element.isConnected && element === document.activeElement)).toBe(true);
});

test("a button, once", async ({ page }) => {
  const release = await openWithoutScripts(page, `/${project}/settings/tokens`);
  const press = page.getByRole("button", { name: "New token" });
  await press.click();
  await press.click();
  release();
  await expect(page.getByRole("dialog", { name: "New token" })).toBeVisible();
});

test("an address and a password on the way in, sent with Enter and never in the address", async ({ browser }) => {
  const context = await browser.newContext({ storageState: signedOut });
  const page = await context.newPage();
  const release = await openWithoutScripts(page, "/sign-in");
  const email = page.getByLabel("E-mail");
  await email.pressSequentially("nobodyexample.test");
  // A field of this kind does not tell where its caret is.
  for (let left = "example.test".length; left > 0; left -= 1) await email.press("ArrowLeft");
  await email.press("@");
  await expect(email).toHaveValue("nobody@example.test");
  await page.getByLabel("Password").fill("not the password");
  await page.getByLabel("Password").press("Enter");
  await expect(page).toHaveURL(/\/sign-in$/);
  release();
  await expect(page.getByText("E-mail or password is wrong.")).toBeVisible();
  await expect(page).toHaveURL(/\/sign-in$/);
  await context.close();
});

test("a page is shown as soon as the server has sent it: React's own script finds no time to wait for", async ({ page }) => {
  await page.goto(`/${project}/experiments`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  expect(await page.evaluate(() => ({ revealsInBatches: Array.isArray(Reflect.get(window, "$RB")), lastReveal: Reflect.get(window, "$RT") }))).toEqual({ revealsInBatches: true, lastReveal: undefined });
});

test("what is typed right after Ctrl+K is searched for, and is no key of the page beneath", async ({ page }) => {
  await page.goto(`/${project}/experiments`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  const release = await holdScripts(page);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("gcompute");
  release();
  const search = page.getByRole("combobox", { name: "Search, go, act" });
  await expect(search).toHaveValue("gcompute");
  await expect(search).toBeFocused();
  await expect(page).toHaveURL(/\/experiments$/);
});
