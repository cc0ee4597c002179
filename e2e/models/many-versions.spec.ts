/** A model with more versions than are listed at once: none is out of reach, and an address shows the version that it names. */
import { makeExperiment, trackRun, unique } from "../experiments/tracked-run";
import { expect, test } from "../fixtures";
import { baseUrl, connect, project } from "../instance";

const name = unique("z-many-versions");

async function mlflow(path: string, body: object): Promise<void> {
  const response = await fetch(`${baseUrl}/api/2.0/mlflow/${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${connect.SLIPWAY_TOKEN}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
}

let source = "";
const registerVersion = (version: number) => mlflow("model-versions/create", { name, source, description: `number ${version}` });

test.beforeAll(async () => {
  const no = await makeExperiment(unique("many"));
  const run = await trackRun(no, { name: "source", params: {}, metrics: {} });
  const headers = { authorization: `Bearer ${connect.SLIPWAY_TOKEN}` };
  const kept = await fetch(`${baseUrl}/api/2.0/mlflow-artifacts/artifacts/${no}/${run}/artifacts/model/weights.txt`, { method: "PUT", headers, body: "weights" });
  expect(kept.ok).toBe(true);
  await mlflow("registered-models/create", { name });
  source = `runs:/${run}/model`;
  for (let version = 1; version <= 103; version += 1) await registerVersion(version);
});

test("older versions are shown on request, and one is opened by its address", async ({ page }) => {
  await page.goto(`/${project}/models/${name}?version=2`);
  const versions = page.locator("#versions");
  await expect(versions.getByRole("link", { name: "v4", exact: true })).toBeVisible();
  await expect(versions.getByRole("link", { name: "v3", exact: true })).toHaveCount(0);
  await versions.getByRole("button", { name: "Show older versions" }).click();
  await expect(versions.getByRole("link", { name: "v1", exact: true })).toBeVisible();
  await expect(versions.getByRole("link", { name: "v2", exact: true })).toHaveAttribute("aria-current", "true");
  await expect(versions.getByRole("button", { name: "Show older versions" })).toHaveCount(0);
  // Who pressed it goes on where the older ones begin.
  await expect(versions.getByRole("link", { name: "v3", exact: true })).toBeFocused();
  // The newest page moves on; what stood at its end is in the one after it.
  await registerVersion(104);
  await expect(versions.getByRole("link", { name: "v104", exact: true })).toBeVisible();
  for (const name of ["v5", "v4", "v3"]) await expect(versions.getByRole("link", { name, exact: true })).toHaveCount(1);
});

test.describe(() => {
  // A version that isn't there.
  test.use({ refusals: /status of 404/ });
  test("an address that names none says so, and what is shown instead", async ({ page }) => {
    await page.goto(`/${project}/models/${name}?version=900`);
    await expect(page.getByText(`${name} has no version 900. This is v10`)).toBeVisible();
  });
});
