/** What is refused. Not with the fixture that forbids console errors: the browser reports each refusal there. */
import { expect, test } from "@playwright/test";
import { ownerState, project } from "../instance";

test.use({ storageState: ownerState });

for (const [path, title] of [
  ["evaluations/nothing-here", "There is no such evaluation in this project"],
  ["evaluations/00000000-0000-7000-8000-000000000000", "There is no such evaluation in this project"],
  ["models/nothing-here", "There is no such model in this project"],
] as const) {
  test(`${path} says that there is no such thing, and leads on`, async ({ page }) => {
    await page.goto(`/${project}/${path}`);
    await expect(page.getByText(title)).toBeVisible();
    await page.getByRole("main").getByRole("link", { name: /^All/ }).click();
    await expect(page).toHaveURL(new RegExp(`/${project}/(evaluations|models)/?$`));
  });
}
