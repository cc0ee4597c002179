import type { Page } from "@playwright/test";
import { expect, expectAccessible, test } from "../../fixtures";
import { api, project } from "../../instance";
import { registerSweepRecipe } from "./sweep-recipe";
import { unique } from "../tracked-run";

const recipe = unique("valley");

test.beforeAll(() => registerSweepRecipe(recipe, `${recipe}-runs`));

const mode = (page: Page, parameter: string, name: string) => page.getByRole("group", { name: `How ${parameter} varies` }).getByRole("radio", { name });

type Sweep = { state: string; best: { number: number; value: number } | null; trials: { number: number; state: string; value: number | null; runId: string | null }[] };
const sweepOf = (page: Page) => api<Sweep>("GET", `/sweeps/${new URL(page.url()).pathname.split("/").at(-1)}`);

test("a form over the recipe's parameters says what is wrong at its field, by keyboard", async ({ page }) => {
  await page.goto(`/${project}/experiments/launch?recipe=${recipe}`);
  await page.getByRole("link", { name: "Sweep", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: `Sweep ${recipe}` })).toBeVisible();
  await page.getByRole("button", { name: "Launch sweep" }).click();
  await expect(page.getByText("Nothing varies yet: choose a range or values for at least one parameter.")).toBeVisible();
  await expect(page.getByLabel("Metric")).toBeFocused();
  // By keyboard: radio buttons move with the arrows.
  await mode(page, "Learning rate", "Fixed").focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByLabel("From")).toHaveValue("0.0001");
  await expect(page.getByLabel("Log scale")).toBeChecked();
  await page.getByLabel("To", { exact: true }).fill("5");
  await mode(page, "Shape", "Values").check();
  await page.getByLabel("Metric").fill("loss");
  await page.getByRole("group", { name: "Learning rate" }).first().getByLabel("Varies", { exact: true }).selectOption("shape");
  await page.getByRole("group", { name: "Values of shape for which rate varies" }).getByLabel("deep").check();
  await expect(page.getByRole("complementary", { name: "What will run" })).toContainText("0.0001 to 5, log where shape is deep");
  await expectAccessible(page);
});

test("a sweep from the form runs to its end; its page finds the best, and it can be extended", async ({ page }) => {
  test.setTimeout(150_000);
  await page.goto(`/${project}/experiments/sweeps/new?recipe=${recipe}`);
  await mode(page, "Learning rate", "Range").check();
  await mode(page, "Width", "Range").check();
  await page.getByLabel("Metric").fill("loss");
  await page.getByLabel("Runs", { exact: true }).fill("5");
  await page.getByLabel("At once").fill("3");
  await page.getByLabel("Name", { exact: true }).fill("find the valley");
  await page.getByRole("button", { name: "Launch sweep" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "find the valley" })).toBeVisible();
  await expect(page.getByText("All runs of its budget are done.")).toBeVisible({ timeout: 90_000 });
  const sweep = await sweepOf(page);
  const best = sweep.trials.reduce((least, trial) => ((trial.value ?? Number.POSITIVE_INFINITY) < (least.value ?? Number.POSITIVE_INFINITY) ? trial : least));
  expect(new Set(sweep.trials.map(({ runId }) => runId)).size).toBe(5);
  await expect(page.getByRole("link", { name: `run #${best.number}` })).toBeVisible();
  const first = page.getByRole("region", { name: "Trials" }).getByRole("row").nth(1);
  await expect(first).toContainText(`#${best.number}`);
  await expect(first).toContainText("best");
  for (const chart of ["Best so far", "Importance", "Parameters and value", "loss by rate", "loss over two parameters"]) await expect(page.getByRole("figure", { name: chart })).toBeVisible();
  await expect(page.getByRole("figure", { name: "Importance" }).getByRole("listitem")).toHaveCount(2);
  await page.getByRole("figure", { name: "Best so far" }).getByRole("button", { name: "Show the numbers" }).click();
  await expect(page.getByRole("figure", { name: "Best so far" }).getByRole("row")).toHaveCount(6);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Extend" }).click();
  await page.getByRole("dialog").getByLabel("Runs").fill("6");
  await page.getByRole("dialog").getByRole("button", { name: "Extend" }).click();
  await expect(page.getByText("6 of 6 runs")).toBeVisible({ timeout: 60_000 });
  await page.getByRole("link", { name: `run #${(await sweepOf(page)).best?.number}` }).click();
  await page.getByRole("link", { name: /^trial #/ }).click();
  await page.getByRole("link", { name: "Sweeps" }).click();
  await expect(page.getByRole("region", { name: "Sweeps" }).getByRole("row").nth(1)).toContainText("find the valley");
  await expectAccessible(page);
});

test("is stopped with what runs, and resumed", async ({ page }) => {
  test.setTimeout(120_000);
  const { sweepId } = await api<{ sweepId: string }>("POST", "/sweeps", {
    name: "stop me", recipe, space: [{ name: "rate", kind: "float", low: 0.001, high: 1, log: true }], parameters: { steps: 500, pause: 1 },
    objective: { metric: "loss", direction: "minimize" }, budget: { runs: 3 }, parallelism: 1,
  });
  await page.goto(`/${project}/experiments/sweeps/${sweepId}`);
  await expect(page.getByText("1 under way")).toBeVisible({ timeout: 45_000 });
  await page.getByRole("button", { name: "Stop" }).click();
  await expectAccessible(page);
  await page.getByRole("dialog").getByRole("button", { name: "Stop" }).click();
  await expect(page.getByText("It was stopped.")).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText("1 cancelled")).toBeVisible();
  await page.getByRole("button", { name: "Resume" }).click();
  await expect(page.getByText("1 under way")).toBeVisible({ timeout: 45_000 });
  await page.getByRole("button", { name: "Stop" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Stop" }).click();
  await expect(page.getByText("2 cancelled")).toBeVisible({ timeout: 60_000 });
});
