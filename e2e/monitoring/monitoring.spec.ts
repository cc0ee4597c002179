/** A monitor of a model without a champion: it says what it waits for, and its rules and owner are edited in the browser. */
import { makeCatalog, names } from "../catalog/small-catalog";
import { expect, expectAccessible, test } from "../fixtures";
import { api, owner, project } from "../instance";

test.beforeAll(async () => {
  await makeCatalog();
  await api("POST", "/models", { name: "big-orders", description: "Is an order a big one?" });
  await api("POST", "/models", { name: "new", description: "Its name is the form's own." });
  await api("POST", "/monitors", {
    name: "big-orders", model: "big-orders", reference: { dataset: names.dataset, column: "day", from: "2026-01-01", to: "2026-01-31" },
    rules: [{ name: "drift", measure: "psi", of: "features", window: "7d" }],
  });
});

test("the list and the page say that nothing is judged yet, and why", async ({ page }) => {
  await page.goto(`/${project}/monitoring`);
  await page.getByRole("link", { name: "big-orders", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "big-orders" })).toBeVisible();
  await expect(page.getByText("Limits are being taken from the reference; nothing is judged yet.")).toBeVisible();
  await expect(page.getByText(/has no champion yet/)).toBeVisible();
  await expect(page.getByText("Not judged yet")).toBeVisible();
  await expectAccessible(page);
});

test.describe("a form tries its rules", () => {
  // A trial may end by itself in the moment in which leaving its form cancels it: the browser notes the refusal, nobody else does.
  test.use({ refusals: /status of 409/ });

  test("a rule and an owner are set in the browser; what can't be applied is named at its field", async ({ page }) => {
    await page.goto(`/${project}/monitoring/big-orders/edit`);
    await page.getByRole("button", { name: "Add a rule" }).click();
    await page.getByLabel("Measure of rule-2").selectOption("count");
    await page.getByLabel("Window of rule-2").fill("5");
    await page.getByLabel("Unit of the window, rule-2").selectOption("h");
    await expect(page.getByText("hours that divide a day, or whole days")).toBeVisible();
    await expect(page.getByRole("button", { name: "Save" })).toBeDisabled();
    await page.getByLabel("Window of rule-2").fill("6");
    await page.getByRole("textbox", { name: "Owner" }).fill("shop@example.test");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page).toHaveURL(/\/monitoring\/big-orders$/);
    await expect(page.getByText("shop@example.test")).toBeVisible();
    const { definition } = await api<{ definition: { owner: string; rules: object[] } }>("GET", "/monitors/big-orders");
    expect(definition).toMatchObject({ owner: "shop@example.test", rules: [{ name: "drift" }, { name: "rule-2", measure: "count", window: 6 * 3_600_000 }] });
  });

  test("what another saves while one edits a monitor is said, is not overwritten, and can be begun from anew", async ({ page }) => {
    await page.goto(`/${project}/monitoring/big-orders/edit`);
    await page.getByLabel("Runbook").fill("mine");
    const { definition } = await api<{ definition: { owner: string } }>("GET", "/monitors/big-orders");
    await api("POST", "/monitors", { ...definition, owner: "theirs@example.test" });
    await expect(page.getByText(/saved this monitor since you began/)).toBeVisible();
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText(/saved this monitor at .*, after you began/)).toBeVisible();
    await page.getByRole("button", { name: "Begin anew from it" }).click();
    await expect(page.getByRole("textbox", { name: "Owner" })).toHaveValue("theirs@example.test");
    await page.getByLabel("Runbook").fill("mine after all");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page).toHaveURL(/\/monitoring\/big-orders$/);
    expect((await api<{ definition: object }>("GET", "/monitors/big-orders")).definition).toMatchObject({ owner: "theirs@example.test", runbook: "mine after all" });
  });

  test("a monitor is made in the browser: its form begins with what is there, and says what is missing", async ({ page }) => {
    await page.goto(`/${project}/monitoring`);
    await page.getByRole("link", { name: "New monitor" }).click();
    await page.getByLabel("Model", { exact: true }).selectOption("big-orders");
    await page.getByLabel("Dataset").selectOption(names.dataset);
    await expect(page.getByLabel("By", { exact: true })).toHaveValue("day");
    await expect(page.getByLabel("From")).toHaveValue("2026-01-01");
    await page.getByLabel("Name", { exact: true }).fill("big-orders");
    await expect(page.getByText(/There is a monitor of this name/)).toBeVisible();
    await expect(page.getByRole("button", { name: "Make the monitor" })).toBeDisabled();
    await page.getByLabel("Name", { exact: true }).fill("orders-in-browser");
    await page.getByRole("button", { name: "Remove the rule loss" }).click();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Make the monitor" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "orders-in-browser" })).toBeVisible();
    const { definition } = await api<{ definition: object }>("GET", "/monitors/orders-in-browser");
    expect(definition).toMatchObject({
      model: "big-orders", reference: { dataset: names.dataset, column: "day", from: "2026-01-01", to: "2026-01-30" },
      rules: [{ name: "feature-drift" }, { name: "score-drift" }, { name: "volume" }, { name: "absent-values" }, { name: "calibration" }],
    });
  });

  test("an untouched form is tried at once, and who makes a monitor is proposed as its owner, who need not be", async ({ page }) => {
    await page.goto(`/${project}/monitoring/big-orders/edit`);
    await expect(page.getByText("On the reference", { exact: true })).toBeVisible();
    await expect(page.getByText("The rules are tried once the form rests.")).toBeHidden({ timeout: 1_000 });
    await page.goto(`/${project}/monitoring/new`);
    await expect(page.getByRole("textbox", { name: "Owner" })).toHaveValue(owner.email);
    await page.getByRole("textbox", { name: "Owner" }).fill("");
    await expect(page.getByText(/The split .*\./)).toBeVisible();
  });

  test("a model's page leads to a monitor of it, or names the one it has; a model that is not there is said so", async ({ page }) => {
    await page.goto(`/${project}/models/new`);
    await page.getByRole("link", { name: "New monitor" }).click();
    await expect(page.getByLabel("Model", { exact: true })).toHaveValue("new");
    await expect(page.getByLabel("Name", { exact: true })).toHaveValue("new-monitor");
    await page.goto(`/${project}/models/big-orders`);
    await expect(page.getByRole("link", { name: "big-orders", exact: true }).last()).toHaveAttribute("href", `/${project}/monitoring/big-orders`);
    await page.goto(`/${project}/monitoring/new?model=nope`);
    await expect(page.getByText("There is no model nope in this project: choose one.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Make the monitor" })).toBeDisabled();
    await page.getByLabel("Model", { exact: true }).selectOption("new");
    await expect(page.getByLabel("Name", { exact: true })).toHaveValue("new-monitor");
  });
});
