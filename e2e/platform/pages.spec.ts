/** Every page of the rail: it opens without a console error, says what it is, and passes axe in both themes, empty. */
import { expect, expectAccessible, test } from "../fixtures";
import { project } from "../instance";

const pages = [
  ["", "Home"],
  ["/catalog", "Catalog"],
  ["/experiments", "Experiments"],
  ["/compute", "Compute"],
  ["/evaluations", "Evaluations"],
  ["/models", "Models"],
  ["/monitoring", "Monitoring"],
  ["/settings/members", "Settings"],
  ["/settings/tokens", "Settings"],
  ["/settings/project", "Settings"],
  ["/settings/channels", "Settings"],
  ["/settings/connections", "Settings"],
  ["/settings/api", "Settings"],
  ["/settings/account", "Settings"],
  ["/settings/audit", "Settings"],
  ["/settings/system", "Settings"],
] as const;

for (const [path, title] of pages) {
  test(`the page ${path || "/"} opens, names itself and is accessible`, async ({ page }) => {
    await page.goto(`/${project}${path}`);
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await expect(page).toHaveTitle(new RegExp(`${title}( · [^·]+)? · Slipway`));
    await expect(page.locator("main .skeleton")).toHaveCount(0);
    await expectAccessible(page);
  });
}
