import { expect, expectAccessible, test } from "../fixtures";
import { baseUrl, project } from "../instance";

test("the API's reference is searched, and a call opened shows fields and filled snippets", async ({ page }) => {
  await page.goto(`/${project}/settings/api`);
  await page.getByLabel("Find a call").fill("channel make");
  const call = page.getByRole("button", { name: /POST \/channels Make a notification channel/ });
  await call.click();
  await expect(page.getByText(`curl -X POST '${baseUrl}/api/v1/channels'`)).toBeVisible();
  await expect(page.getByText("config", { exact: true })).toBeVisible();
  await expect(page).toHaveURL(/call=post/);
  await expectAccessible(page);
  await page.getByLabel("Find a call").fill("nothing like this");
  await expect(page.getByText("No call matches “nothing like this”")).toBeVisible();
});
