/** What the server refuses. Not with the fixture that forbids console errors: the browser reports each refusal there. */
import { expect, test } from "@playwright/test";
import { ownerState, project } from "../instance";
import { makeExperiment, unique } from "./tracked-run";

test.use({ storageState: ownerState });

const id = "00000000-0000-7000-8000-000000000000";

for (const [path, title] of [
  [`experiments/runs/${"0".repeat(32)}`, "There is no such run in this project"],
  ["experiments/runs/nonsense", "There is no such run in this project"],
  ["experiments/runs/nonsense/logs", "There is no such run in this project"],
  [`compute/jobs/${id}`, "There is no such job in this project"],
  ["compute/jobs/nonsense", "There is no such job in this project"],
  [`compute/agents/${id}`, "There is no such agent"],
  [`experiments/sweeps/${id}`, "There is no such sweep in this project"],
  ["experiments/sweeps/nonsense", "There is no such sweep in this project"],
  ["experiments/999999", "There is no such experiment"],
  ["experiments/999999/sweeps", "There is no such experiment"],
] as const) {
  test(`${path} says that there is no such thing, and leads on`, async ({ page }) => {
    await page.goto(`/${project}/${path}`);
    await expect(page.getByText(title)).toBeVisible();
    // What says so in the bar would be in the scripts of each experiment's page: there the address says it.
    const place = path === "experiments/999999" ? "999999" : "Not found";
    await expect(page.getByRole("navigation", { name: "Breadcrumb" }).getByText(place)).toBeVisible();
    await page.getByRole("main").getByRole("link", { name: /^All/ }).click();
    await expect(page).toHaveURL(new RegExp(`/${project}/(experiments|compute)/?$`));
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  });
}

test("a name that is taken is refused where it was typed", async ({ page }) => {
  const name = unique("taken");
  await makeExperiment(name);
  await page.goto(`/${project}/experiments`);
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await page.getByRole("dialog").getByLabel("Name").fill(name);
  await page.keyboard.press("Enter");
  await expect(page.getByText(`Experiment '${name}' already exists.`)).toBeVisible();
  await expect(page.getByRole("dialog").getByLabel("Name")).toHaveValue(name);
});
