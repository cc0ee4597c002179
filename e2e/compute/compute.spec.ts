import { readFile } from "node:fs/promises";
import { expect, expectAccessible, test } from "../fixtures";
import { api, project } from "../instance";

type Submitted = { jobId: string };

const submit = (name: string, command: string[], more: Record<string, unknown> = {}) =>
  api<Submitted>("POST", "/jobs", { name, command, resources: { cpus: 0.1, memoryBytes: 128 * 1024 ** 2 }, ...more });

const numbers = 'for i in $(seq 1 500); do echo "line $i"; done; printf "10%%\\r100%%\\n"; printf "\\033[31mred words\\033[0m\\n"';

test("a job's page tells its stages, its log in colour, and hands the log out as a file", async ({ page }) => {
  const { jobId } = await submit("prints", ["bash", "-c", numbers]);
  await page.goto(`/${project}/compute/jobs/${jobId}`);
  await expect(page.locator("header").getByText("Succeeded")).toBeVisible({ timeout: 45_000 });
  await expect(page.getByText("502 lines")).toBeVisible();
  await page.getByLabel("Search the log").fill("red words");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("log").getByText("red words")).toBeVisible();
  await expect(page.getByRole("log").getByText("100%", { exact: true })).toBeVisible();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Download the log" }).click()]);
  expect(await readFile(await download.path(), "utf8")).toMatch(/^line 1\nline 2\n[\s\S]*red words/);
  await page.getByLabel("Search the log").fill("");
  await expectAccessible(page);
});

test("a job that fails says why and what next, and can be retried", async ({ page }) => {
  const { jobId } = await submit("fails", ["bash", "-c", "echo before; exit 7"]);
  await page.goto(`/${project}/compute/jobs/${jobId}`);
  await expect(page.locator("header").getByText("Failed")).toBeVisible({ timeout: 45_000 });
  await expect(page.getByText(/exit code 7/).first()).toBeVisible();
  await expect(page.getByText("The end of the log says more.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Retry" }).click();
  await expect(page.getByText("This is another try of")).toBeVisible();
});

test("a job that waits says why, and can be cancelled", async ({ page }) => {
  const { jobId } = await submit("needs too much", ["true"], { resources: { gpus: 64 } });
  await page.goto(`/${project}/compute/jobs/${jobId}`);
  await expect(page.getByText(/It asks for 64 GPUs, more than any connected agent has/)).toBeVisible();
  await page.goto(`/${project}/compute`);
  const queue = page.getByRole("listitem").filter({ hasText: "needs too much" });
  await expect(queue).toContainText("64 GPU");
  await expectAccessible(page);
  await queue.getByRole("link").click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await expect(page.locator("header").getByText("Cancelled")).toBeVisible();
});

test("the log of a running job grows by itself, and the job can be ended", async ({ page }) => {
  const { jobId } = await submit("counts", ["bash", "-c", "for i in $(seq 1 600); do echo tick $i; sleep 0.5; done"]);
  await page.goto(`/${project}/compute/jobs/${jobId}`);
  await expect(page.getByRole("log")).toContainText("tick 1", { timeout: 45_000 });
  await expect(page.getByRole("log")).toContainText("tick 4", { timeout: 30_000 });
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await expect(page.locator("header").getByText("Cancelled")).toBeVisible({ timeout: 30_000 });
});

test("jobs are filtered by state and name, in the URL", async ({ page }) => {
  await submit("seldom named", ["true"]);
  await page.goto(`/${project}/compute`);
  await page.getByRole("combobox", { name: "Filter jobs" }).fill('name ~ "seldom"');
  await page.keyboard.press("Enter");
  await expect(page.getByRole("grid", { name: "Jobs" }).locator("tbody [data-row]")).toHaveCount(1);
  await expect(page).toHaveURL(/q=name/);
});

test("an agent's page and its actions; the token of a new one is shown once, in the command that uses it", async ({ page }) => {
  await page.goto(`/${project}/compute`);
  await page.getByRole("link", { name: "local", exact: true }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "local" })).toBeVisible();
  await expect(page.getByText("Host name")).toBeVisible();
  await expectAccessible(page);
  await page.goto(`/${project}/compute`);
  await page.getByRole("button", { name: "Add an agent" }).click();
  await page.getByLabel("Which host").fill("gpu-07");
  await page.getByRole("button", { name: "Make the token" }).click();
  await expect(page.getByText(/SLIPWAY_AGENT_TOKEN=slw_/)).toBeVisible();
  await expectAccessible(page);
});

test("jobs that run after another: released or over with its end, and each page leads to the others", async ({ page }) => {
  const { jobId: first } = await submit("train that fails", ["bash", "-c", "exit 3"]);
  const { jobId: last } = await submit("report of it", ["true"], { after: [{ jobId: first }] });
  await submit("clean up behind it", ["true"], { after: [{ jobId: first, requires: "end" }] });
  await page.goto(`/${project}/compute/jobs/${last}`);
  await expect(page.locator("header").getByText("Cancelled")).toBeVisible({ timeout: 45_000 });
  await expect(page.getByText("It was to run after train that fails, which failed.")).toBeVisible();
  await expect(page.getByText("Waiting for other jobs")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "train that fails" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "train that fails" })).toBeVisible();
  const followers = page.getByRole("listitem");
  await expect(followers.filter({ hasText: "report of it" })).toContainText(/cancelled/i);
  await expect(followers.filter({ hasText: "clean up behind it" })).toContainText(/succeeded/i, { timeout: 45_000 });
  await expectAccessible(page);
});
