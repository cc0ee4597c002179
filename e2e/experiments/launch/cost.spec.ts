import { expect, expectAccessible, test } from "../../fixtures";
import { api, baseUrl, connect, project } from "../../instance";
import { packedRecipe, recipeYaml, storeContent } from "./packed-recipe";
import { unique } from "../tracked-run";

const recipe = unique("priced");

async function setPrices(prices: object | null): Promise<void> {
  const response = await fetch(`${baseUrl}/api/v1/prices`, { method: "PUT", headers: { authorization: `Bearer ${connect.SLIPWAY_ADMIN_TOKEN}`, "content-type": "application/json" }, body: JSON.stringify({ prices }) });
  if (!response.ok) throw new Error(`the prices were not set: ${response.status} ${await response.text()}`);
}

const finished = (runId: string) => expect.poll(async () => (await api<{ status: string }>("GET", `/runs/${runId}`)).status, { timeout: 60_000 }).toBe("FINISHED");

test.beforeAll(async () => {
  const { sha256 } = await storeContent(packedRecipe(recipe, recipeYaml(recipe)));
  await api("POST", "/recipes/archive", { sha256, fileName: "priced.tar.gz" });
});
test.afterAll(() => setPrices(null));

test("prices set by an admin tell what a launch costs before it starts, and what runs and sweeps have cost", async ({ page }) => {
  test.setTimeout(180_000);
  await setPrices(null);
  await page.goto(`/${project}/experiments/launch?recipe=${recipe}`);
  const panel = page.getByRole("complementary", { name: "What will run" });
  await expect(panel.getByText("to see what it will cost.")).toBeVisible();
  await panel.getByRole("link", { name: "Set prices" }).click();
  await page.getByLabel("Currency").fill("eur");
  await page.getByLabel("CPU-hour").fill("120");
  await page.getByLabel("GiB-hour").fill("0.5");
  await page.getByRole("button", { name: "GPU model" }).click();
  await page.getByLabel("GPU model", { exact: true }).fill("H100");
  await page.getByLabel("Its GPU-hour").fill("3.5");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Set prices" }).click();
  await expect(page.getByText("The prices are set")).toBeVisible();
  await expect(page.getByText(/^Set by /)).toBeVisible();
  await page.goto(`/${project}/experiments/launch?recipe=${recipe}`);
  // 0.1 CPU and 128 MiB for five minutes.
  await expect(panel).toContainText("At most €1.01.");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Launch", exact: true }).click();
  await expect(page.locator("header").getByText("Succeeded")).toBeVisible({ timeout: 45_000 });
  await expect(page.locator("header").getByText(/^<?€0\.\d+$/)).toBeVisible();
  // A run time is learnt from three runs.
  for (const seed of [1, 2]) await finished((await api<{ runId: string }>("POST", "/runs", { recipe, runName: `again ${seed}` })).runId);
  await page.goto(`/${project}/experiments/launch?recipe=${recipe}`);
  await expect(panel).toContainText(/About <?€0\.\d+/);
  await page.getByRole("link", { name: "Sweep" }).click();
  await page.getByRole("group", { name: "How Learning rate varies" }).getByRole("radio", { name: "Range" }).check();
  await page.getByLabel("Metric").fill("loss");
  await page.getByLabel("Runs", { exact: true }).fill("2");
  await page.getByLabel("Cost in EUR").fill("5");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Launch sweep" }).click();
  await expect(page.getByText(/€0\.\d\d of €5\.00/)).toBeVisible({ timeout: 30_000 });
});
