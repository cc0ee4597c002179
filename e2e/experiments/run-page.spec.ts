import { readFileSync } from "node:fs";
import { expect, expectAccessible, test } from "../fixtures";
import { project } from "../instance";
import { makeProject } from "../platform/guest";
import { endRun, logMetric, makeExperiment, putArtifact, setTag, trackRun, unique } from "./tracked-run";

const wave = Array.from({ length: 300 }, (_, step) => 0.5 + 0.2 * Math.sin(step / 30));
const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

/** Says which origin it runs in, and whether it reaches the portal's page or storage. */
const pageOfItsOwn = `<body></body><script>
window.hacked = true;
let reached = "cut off";
try { parent.hacked = true; reached = "the page"; } catch {}
try { localStorage.setItem("hacked", "1"); reached = "storage"; } catch {}
document.body.textContent = origin + ", " + reached;
</script>`;

const cardOfModel = `# Model card

| metric | value |
| --- | ---: |
| auc | 0.91 |

Trained by [what the others are](/default/experiments) on the same rows.

- [ ] ask the team

![the dot](plots/dot.png) beside [its table](table.csv).

![a pixel](https://tracker.example/pixel.png) [do it](javascript:document.title='taken')

<script>document.title='taken'</script>
`;

let no = "";
let runId = "";

test.beforeAll(async () => {
  no = await makeExperiment(unique("run-page"));
  const metrics = { "train/loss": wave, "val/auc": wave, final: [0.9] };
  const note = "# What\n\nTried **more** layers.";
  runId = await trackRun(no, { name: "wise-heron", params: { lr: "0.1" }, metrics, tags: { stage: "sweep", "mlflow.note.content": note } });
  await putArtifact(no, runId, "plots/dot.png", png);
  await putArtifact(no, runId, "table.csv", "name,value\n\"a, b\",1\n");
  await putArtifact(no, runId, "card.md", cardOfModel);
  await putArtifact(no, runId, "page.html", pageOfItsOwn);
  await putArtifact(no, runId, "eval/answers.json", JSON.stringify({ columns: ["question", "score"], data: [["why?", 0.5], [null, 1]] }));
  await putArtifact(no, runId, "figure.json", JSON.stringify({ data: [{ y: [1, 3, 2] }, { type: "bar", y: [2, 1, 4] }], layout: { title: { text: "Two traces" } } }));
  await putArtifact(no, runId, "model.onnx", readFileSync(new URL("../../server/domains/models/serving/testing/fixtures/first.onnx", import.meta.url)));
});

test("draws its curves, searches them, and passes axe", async ({ page }) => {
  await page.goto(`/${project}/experiments/runs/${runId}`);
  await expect(page).toHaveTitle(/wise-heron · run-page-.* · Slipway/);
  await expect(page.getByRole("figure", { name: "val/auc" }).locator("canvas").first()).toBeVisible();
  await expect(page.getByLabel("Single values")).toContainText("0.9");
  await page.getByLabel("Find a metric").fill("loss");
  await expect(page.getByRole("figure", { name: "val/auc" })).toHaveCount(0);
  await expect(page).toHaveURL(/find=loss/);
  await page.getByText("Since start").click();
  await expect(page).toHaveURL(/x=relative/);
  await expectAccessible(page);
});

test("tells params, notes and tags, which can be edited", async ({ page }) => {
  await page.goto(`/${project}/experiments/runs/${runId}/overview`);
  await expect(page.getByRole("row", { name: "lr 0.1" })).toBeVisible();
  await expect(page.getByRole("heading", { level: 3, name: "What" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Edit" }).click();
  await page.getByRole("textbox", { name: "Notes" }).fill("Changed");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Changed")).toBeVisible();
  await page.getByLabel("New tag's key").fill("owner");
  await page.getByLabel("New tag's value").fill("mira");
  await page.keyboard.press("Enter");
  await expect(page.getByText("mira")).toBeVisible();
  await page.getByRole("button", { name: "Remove the tag owner" }).click();
  await expect(page.getByText("mira")).toHaveCount(0);
});

test("previews artifacts without running them", async ({ page }) => {
  await page.goto(`/${project}/experiments/runs/${runId}/artifacts`);
  await page.getByRole("button", { name: /dot\.png/ }).click();
  const image = page.getByRole("img", { name: "plots/dot.png" });
  await expect.poll(() => image.evaluate((node) => (node instanceof HTMLImageElement ? node.naturalWidth : 0))).toBe(1);
  await page.getByRole("button", { name: /table\.csv/ }).click();
  await expect(page.getByRole("cell", { name: "a, b" })).toBeVisible();
  await page.getByRole("button", { name: /card\.md/ }).click();
  const card = page.getByRole("region", { name: "Table" });
  await expect(card.getByRole("cell", { name: "0.91" })).toBeVisible();
  await expect(page.getByRole("heading", { level: 3, name: "Model card" })).toBeVisible();
  await expect(page.getByRole("checkbox", { name: "to do" })).toBeDisabled();
  await expect(page.getByText("<script>document.title='taken'</script>")).toBeVisible();
  await expect(page.getByRole("link", { name: "a pixel" })).toHaveAttribute("rel", /noreferrer/);
  await expect(page.getByRole("link", { name: "do it" })).toHaveCount(0);
  const dot = page.getByRole("img", { name: "the dot" });
  await expect.poll(() => dot.evaluate((node) => (node instanceof HTMLImageElement ? node.naturalWidth : 0))).toBe(1);
  await expect(page.getByRole("link", { name: "its table" })).toHaveAttribute("href", /path=table\.csv$/);
  await expectAccessible(page);
  await page.getByText("Source", { exact: true }).click();
  await expect(page.getByText("| auc | 0.91 |")).toBeVisible();
  await page.getByRole("button", { name: /page\.html/ }).click();
  const inside = page.frameLocator("iframe[title='page.html']");
  await expect(inside.locator("body")).toHaveText("null, cut off");
  const answer = await page.request.get(`/api/2.0/mlflow-artifacts/artifacts/${no}/${runId}/artifacts/page.html?project=${project}&as=page`);
  expect(answer.headers()["content-security-policy"]).toContain("sandbox allow-scripts; default-src 'none'");
  await page.getByText("Source", { exact: true }).click();
  await expect(page.getByText("window.hacked = true")).toBeVisible();
  expect(await page.evaluate(() => "hacked" in window)).toBe(false);
  await expectAccessible(page);
});

test("of a run from outside, says where log, usage and code are", async ({ page }) => {
  await page.goto(`/${project}/experiments/runs/${runId}`);
  for (const [tab, text] of [["Logs", "The log is where the script runs"], ["System", "Nobody measured this run"], ["Code & environment", "Nothing is known of its code"]] as const) {
    await page.getByRole("link", { name: tab }).click();
    await expect(page.getByText(text)).toBeVisible();
    await expectAccessible(page);
  }
});

test("moves live while its script logs, and can be renamed", async ({ page }) => {
  const live = await trackRun(no, { name: "moving", metrics: { "val/auc": [0.5] }, status: "RUNNING" });
  await page.goto(`/${project}/experiments/runs/${live}`);
  await expect(page.getByText("Running").first()).toBeVisible();
  await logMetric(live, "val/auc", 0.8125, 1);
  await expect(page.locator("header dl")).toContainText("0.8125");
  await endRun(live);
  await expect(page.locator("header").getByText("Succeeded")).toBeVisible();
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("renamed");
  await page.getByRole("dialog").getByRole("button", { name: "Rename" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "renamed" })).toBeVisible();
});

test("shows tables, figures and graphs as what they are", async ({ page }) => {
  await page.goto(`/${project}/experiments/runs/${runId}/artifacts`);
  await page.getByRole("button", { name: /answers\.json/ }).click();
  await expect(page.getByRole("cell", { name: "why?" })).toBeVisible();
  await page.getByText("JSON", { exact: true }).click();
  await expect(page.getByText('"columns"')).toBeVisible();
  await page.getByRole("button", { name: /figure\.json/ }).click();
  await expect(page.getByRole("img", { name: "figure.json" }).locator(".trace.bars")).toBeVisible();
  await page.getByRole("button", { name: /model\.onnx/ }).click();
  await expect(page.getByText("Opset")).toBeVisible();
  await expect(page.getByRole("figure", { name: "Operators" })).toBeVisible();
  await expectAccessible(page);
});

test("what a client logged of the machine stands under System, and of thousands of metrics only those in sight are drawn", async ({ page }) => {
  const wide = await trackRun(no, { name: "wide", metrics: Object.fromEntries([...Array.from({ length: 140 }, (_, index) => [`layers/w${index}`, [1, 2, 3]]), ["system/gpu_0_utilization", [40, 90]]]) });
  await page.goto(`/${project}/experiments/runs/${wide}`);
  await expect(page.getByRole("figure", { name: "layers/w0", exact: true }).locator("canvas").first()).toBeVisible();
  expect(await page.getByRole("figure").count()).toBeLessThan(40);
  await expect(page.getByRole("figure", { name: "system/gpu_0_utilization" })).toHaveCount(0);
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  await expect(page.getByRole("figure", { name: "layers/w139" })).toBeVisible();
  await page.getByLabel("Find a metric").fill("w77");
  await expect(page.getByRole("figure")).toHaveCount(1);
  await page.getByRole("link", { name: "System" }).click();
  await expect(page.getByRole("figure", { name: "system/gpu_0_utilization" }).locator("canvas").first()).toBeVisible();
  await expectAccessible(page);
});

/** Texts that a reader of Markdown goes down thousands of levels for, or takes half a minute for. */
const hostile = { deep: `${"> ".repeat(3_000)}x`, slow: "*a_ ".repeat(20_000) };

test("a note that no page could hold is shown as it was written, and can be changed", async ({ page }) => {
  const id = await trackRun(no, { name: "deep-note", tags: { "mlflow.note.content": hostile.deep } });
  await page.goto(`/${project}/experiments/runs/${id}/overview`);
  await expect(page.getByText("nested too deep")).toBeVisible();
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await page.getByRole("textbox", { name: "Notes" }).fill("Mended");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Mended", { exact: true })).toBeVisible();
});

test("a note that somebody changes while it is edited is shown beside it, and written over only knowingly", async ({ page }) => {
  const id = await trackRun(no, { name: "shared-note", tags: { "mlflow.note.content": "Before" } });
  await page.goto(`/${project}/experiments/runs/${id}/overview`);
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await page.getByRole("textbox", { name: "Notes" }).fill("Mine");
  await setTag(id, "mlflow.note.content", "Theirs");
  await expect(page.getByText("Somebody changed this note meanwhile")).toContainText("Theirs");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Mine", { exact: true })).toBeVisible();
  await expect(page.getByText("Somebody changed this note meanwhile")).toHaveCount(0);
});

test("a Markdown file that takes too long is given up, and the page answers meanwhile", async ({ page }) => {
  const id = await trackRun(no, { name: "slow-file" });
  await putArtifact(no, id, "slow.md", hostile.slow);
  await page.goto(`/${project}/experiments/runs/${id}/artifacts?path=slow.md`);
  await page.getByRole("radio", { name: "Source" }).click();
  await expect(page.getByText("*a_ *a_").first()).toBeVisible();
  await page.getByRole("radio", { name: "Page" }).click();
  await expect(page.getByText("takes too long to read")).toBeVisible();
});

test("a link that a script printed leads to the run, in whichever project the person was last", async ({ page }) => {
  const other = `z${crypto.randomUUID().slice(0, 8)}`;
  await makeProject(other, "Another");
  await page.goto(`/${other}`);
  await expect(page.getByRole("heading", { level: 1, name: "Home" })).toBeVisible();
  await page.goto("/");
  await expect(page).toHaveURL(new RegExp(`/${other}$`));
  await page.goto(`/#/experiments/${no}/runs/${runId}`);
  await page.reload();
  await expect(page).toHaveURL(new RegExp(`/${project}/experiments/runs/${runId}$`));
  await expect(page.getByRole("heading", { level: 1, name: "wise-heron" })).toBeVisible();
});
