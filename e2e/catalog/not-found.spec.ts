/** Addresses that name nothing. Not with the fixture that forbids console errors: the browser reports each 404 there. */
import { expect, test } from "@playwright/test";
import { ownerState, project } from "../instance";

test.use({ storageState: ownerState });

for (const [path, title] of [
  ["catalog/views/no_such_view", "There is no such feature view, source or dataset"],
  ["catalog/sources/Not%20a%20name", "There is no such feature view, source or dataset"],
  ["catalog/datasets/nonsense", "There is no such feature view, source or dataset"],
  ["monitoring/no-such-monitor", "There is no such monitor or alert"],
  ["monitoring/no-such-monitor/edit", "There is no such monitor or alert"],
  ["monitoring/alerts/nonsense", "There is no such monitor or alert"],
] as const) {
  test(`${path} says that there is no such thing`, async ({ page }) => {
    await page.goto(`/${project}/${path}`);
    await expect(page.getByText(title)).toBeVisible();
  });
}
