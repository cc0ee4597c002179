import { expect, expectAccessible, test } from "../fixtures";
import { project } from "../instance";
import { makeExperiment, putArtifact, trackRun, unique } from "./tracked-run";

const curve = (to: number) => Array.from({ length: 30 }, (_, step) => to * (1 - Math.exp(-step / 5)));

const dots = ["iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="];

let ids: string[] = [];

test.beforeAll(async () => {
  const no = await makeExperiment(unique("compare"));
  ids = [];
  for (const [index, to] of [0.7, 0.75, 0.72].entries()) {
    const runId = await trackRun(no, { name: `run ${index}`, params: { model: index === 0 ? "logistic" : "gbdt", seed: "1" }, metrics: { auc: curve(to), lr: [0.1, 0.1] } });
    ids.push(runId);
    await putArtifact(no, runId, "plots/roc.png", Buffer.from(dots[index % 2] ?? "", "base64"));
    await putArtifact(no, runId, "code/train.py", `import numpy\nrate = ${to}\nprint(rate)\n`);
    await putArtifact(no, runId, "requirements.txt", `numpy==2.${index}.0\npandas==2.2\n`);
  }
});

test("differences to the baseline, params that differ, and one chart for all", async ({ page }) => {
  await page.goto(`/${project}/experiments/compare?runs=${ids.join(",")}`);
  const table = page.getByRole("region", { name: "Comparison" });
  await expect(table.getByRole("row", { name: /^auc/ })).toContainText("+0.0498");
  await expect(table.getByRole("row", { name: /^model/ })).toContainText("gbdt");
  await expect(table.getByRole("row", { name: /^seed/ })).toHaveCount(0);
  await expect(page.getByRole("figure", { name: "auc" }).locator("canvas").first()).toBeVisible();
  const marks = table.locator("thead svg line");
  const colours = await marks.evaluateAll((lines) => lines.map((line) => getComputedStyle(line).stroke));
  expect(new Set(colours).size).toBe(3);
  await expectAccessible(page);
  await page.getByLabel("All rows").check();
  await expect(table.getByRole("row", { name: /^seed/ })).toBeVisible();
  // The first has none before it that could have its colour: it is the one of its own page.
  await page.goto(`/${project}/experiments/runs/${ids[0]}`);
  const dot = page.getByRole("heading", { level: 1 }).locator("span[aria-hidden]");
  expect(await dot.evaluate((mark) => getComputedStyle(mark).backgroundColor)).toBe(colours[0]);
});

test("another baseline and fewer runs, in the URL", async ({ page }) => {
  await page.goto(`/${project}/experiments/compare?runs=${ids.join(",")}`);
  const colourOf = (name: string) => page.getByRole("columnheader", { name }).locator("svg line").first().evaluate((line) => getComputedStyle(line).stroke);
  const before = await colourOf("run 1");
  await page.getByRole("button", { name: "Make run 1 the baseline" }).click();
  await expect(page).toHaveURL(new RegExp(`base=${ids[1]}`));
  await expect(page.getByRole("row", { name: /^auc/ })).toContainText("−0.0498");
  expect(await colourOf("run 1")).toBe(before);
  await page.getByRole("button", { name: "Take run 2 out" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Compare 2 runs" })).toBeVisible();
});

test("one run is nothing to compare", async ({ page }) => {
  await page.goto(`/${project}/experiments/compare?runs=${ids[0]}`);
  await expect(page.getByText("Choose two runs or more")).toBeVisible();
  await expectAccessible(page);
});

test("images of two runs under a slider, and other files beside each other", async ({ page }) => {
  await page.goto(`/${project}/experiments/compare?runs=${ids.join(",")}`);
  await page.getByText("Artifacts", { exact: true }).click();
  await page.getByLabel("File", { exact: true }).selectOption("plots/roc.png");
  const slider = page.getByRole("slider", { name: "Where the images meet" });
  await slider.press("ArrowRight");
  await expect(slider).toHaveValue("51");
  await expect(page.getByRole("img", { name: "of run 1" })).toHaveCSS("clip-path", /51%/);
  await expectAccessible(page);
  await page.getByText("Side by side", { exact: true }).click();
  await page.getByLabel("Run to hold against the baseline").selectOption({ label: "run 2" });
  await expect(page.getByRole("region", { name: "run 2" }).getByRole("img")).toBeVisible();
  await expect(page).toHaveURL(/way=beside/);
});

test("what differs in code and environment", async ({ page }) => {
  await page.goto(`/${project}/experiments/compare?runs=${ids.join(",")}&part=code`);
  await expect(page.getByRole("row", { name: "numpy 2.0.0 2.1.0" })).toBeVisible();
  await expect(page.getByRole("row", { name: /pandas/ })).toHaveCount(0);
  const changes = page.getByRole("region", { name: "Changes of code/train.py" });
  await expect(changes.getByRole("row", { name: "2 − rate = 0.7", exact: true })).toBeVisible();
  await expect(changes.getByRole("row", { name: "2 + rate = 0.75", exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.goto(`/${project}/experiments/runs/${ids[0]}/code`);
  await page.getByRole("button", { name: /requirements\.txt/ }).click();
  await expect(page.getByText("numpy==2.0.0")).toBeVisible();
  await expectAccessible(page);
});
