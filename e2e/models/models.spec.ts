/** From a run's model to what serves, and back: register, judge, promote, ask, roll back. */
import { expect, expectAccessible, test } from "../fixtures";
import { api, project } from "../instance";
import { evaluate, makeTinyProject, registerJudged, type TinyProject, train, type Trained } from "./tiny-project";

let tiny: TinyProject;
let steady: Trained;
let blind: Trained;
let sound: Trained;
let model = "";

const pageOf = (version?: number) => `/${project}/models/${model}${version === undefined ? "" : `?version=${version}`}`;

test.describe.configure({ mode: "serial" });

test.beforeAll(async () => {
  test.setTimeout(240_000);
  tiny = await makeTinyProject();
  model = `late-${tiny.word}`;
  [steady, blind, sound] = [await train(tiny, "steady"), await train(tiny, "night-blind"), await train(tiny, "sound")];
  for (const trained of [steady, blind, sound]) await evaluate(tiny, trained);
});

test("a run's model becomes the first version of a new model, is judged, and its promotion asked for", async ({ page }) => {
  const name = `own-${tiny.word}`;
  await page.goto(`/${project}/experiments/runs/${steady.runHex}`);
  await page.getByRole("button", { name: "Register" }).click();
  const dialog = page.getByRole("dialog");
  const isNew = dialog.getByText("A new model");
  await expect(isNew.or(dialog.getByLabel("Name"))).toBeVisible();
  if (await isNew.isVisible()) await isNew.click();
  await dialog.getByLabel("Name").fill(name);
  await expect(dialog.getByLabel("Gate")).toHaveValue(tiny.suite);
  await expect(dialog.getByText(/Proposed: it asks about/)).toBeVisible();
  await dialog.getByLabel("Features from").selectOption(tiny.service);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Register" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText(/It was evaluated by suite/)).toBeVisible();
  await page.getByRole("button", { name: "Let the gate judge v1" }).click();
  await expect(page.getByText(/Version 1 passes against the absolute limits/)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/The values themselves decide here, not their intervals/)).toBeVisible();
  await page.getByRole("button", { name: "Promote v1…" }).click();
  await page.getByLabel("Why").fill("The first that is good enough.");
  await page.getByRole("button", { name: "Ask for promotion" }).click();
  await expect(page.getByText("The first that is good enough.")).toBeVisible();
  await expect(page.getByText("Waits for a decision")).toBeVisible();
  await expectAccessible(page);
});

test("a version without an evaluation is evaluated as its gate asks, and the evaluation leads back to it", async ({ page }) => {
  const again = await train(tiny, "steady");
  const name = `own-${tiny.word}`;
  const { version } = await api<{ version: number }>("POST", `/models/${name}/versions`, { loggedModelId: again.loggedModelId });
  await page.goto(`/${project}/models/${name}?version=${version}`);
  await page.getByRole("button", { name: "Evaluate it" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText(`Asked for by the gate of ${name} v${version}`)).toBeVisible();
  await expect(dialog.getByText(new RegExp(`^${tiny.suite} v1`))).toBeVisible();
  await expect(dialog.getByLabel("Suite")).toHaveCount(0);
  await dialog.getByLabel("Scored by").selectOption(tiny.score);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Evaluate" }).click();
  await expect(page.getByRole("figure", { name: "Calibration" })).toBeVisible({ timeout: 60_000 });
  await page.getByRole("link", { name: `${name} v${version}` }).click();
  await expect(page.getByRole("button", { name: `Let the gate judge v${version}` })).toBeVisible();
});

test("the gate refuses the candidate that harms a slice, and names it", async ({ page }) => {
  await api("POST", "/models", { name: model, suite: tiny.suite, service: tiny.service, approval: "policy", description: "Late by 15 min or more" });
  await registerJudged(model, steady);
  await api("POST", `/models/${model}/promotions`, { version: 1 });
  await api("POST", `/models/${model}/versions`, { loggedModelId: blind.loggedModelId });
  await page.goto(pageOf());
  await page.getByRole("button", { name: "Let the gate judge v2" }).click();
  await expect(page.getByText(/Version 2 is refused against the champion v1: refused for hour night/)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("img", { name: /^Better overall: the upper end .* passes$/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /hour night.*harmed/ })).toBeVisible();
  await page.getByRole("button", { name: "Promote v2…" }).click();
  await expect(page.getByRole("dialog")).toContainText("The gate refused it: the request is recorded and refused with it.");
  await page.getByRole("button", { name: "Ask for promotion" }).click();
  await expect(page.getByText("refused by the gate", { exact: true })).toBeVisible();
  await expect(page.locator("header dl")).toContainText("v1 since");
});

test("a maintainer changes who approves; a person lets the good candidate serve; one step rolls back", async ({ page }) => {
  await registerJudged(model, sound);
  await page.goto(pageOf());
  await page.getByRole("button", { name: "Change…" }).click();
  await page.getByLabel("Who approves").selectOption("person");
  await page.getByRole("button", { name: "Change the gate" }).click();
  await expect(page.getByText("another person, a maintainer or owner", { exact: true })).toBeVisible();
  await api("POST", `/models/${model}/promotions`, { version: 3, reason: "better and harms nobody" });
  await expect(page.getByText("better and harms nobody")).toBeVisible();
  await page.getByRole("button", { name: "Approve…" }).first().click();
  await page.getByLabel("Note").fill("agreed");
  await page.getByRole("dialog").getByRole("button", { name: "Approve" }).click();
  await expect(page.locator("header dl")).toContainText("v3 since");
  await page.getByLabel("Moment").focus();
  await page.keyboard.press("Home");
  await expect(page.getByText(/: champion v1/).first()).toBeVisible();
  await page.getByRole("button", { name: "Roll back to v1…" }).click();
  await expectAccessible(page);
  const isSaid = page.getByRole("dialog").getByRole("button", { name: "Roll back" });
  await expect(isSaid).toBeDisabled();
  await page.getByLabel("Why").fill("It answers too slowly.");
  await isSaid.click();
  await expect(page.locator("header dl")).toContainText("v1 since");
  await expect(page.getByText(/champion v1 rolled back by/)).toBeVisible();
  await expect(page.locator("#ledger").getByText("It answers too slowly.")).toBeVisible();
  await page.getByRole("navigation", { name: "On this page" }).getByRole("link", { name: "Rules" }).click();
  await expect(page.getByRole("heading", { name: "Rules of the gate" })).toBeInViewport();
});

test("the champion is asked by keys from a real row: score, completed values, and the same as code", async ({ page }) => {
  await page.goto(pageOf());
  const panel = page.locator("#try");
  await expect(panel.getByText(/Filled in from rows_/)).toBeVisible();
  await expect(panel.getByLabel("airport")).not.toHaveValue("");
  await panel.getByRole("button", { name: "Ask version 1" }).click();
  await expect(panel.getByText("Round trip")).toBeVisible();
  await expect(panel.getByRole("row", { name: /delay_mean -?[−\d.]+/ })).toBeVisible();
  await panel.getByText("The same as code").click();
  await expect(panel.getByText(/curl .*\/infer/)).toBeVisible();
  await expectAccessible(page);
  await panel.getByText("A whole row").click();
  await panel.getByRole("button", { name: "Ask version 1" }).click();
  await expect(panel.getByText("Score", { exact: true })).toBeVisible();
  await panel.getByLabel("hour").fill("noon");
  await expect(panel.getByText('hour: "noon" is not a number.')).toBeVisible();
});
