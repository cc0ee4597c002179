/** A person makes a webhook channel, tests it against a real receiver, changes it, and removes it. */
import { expect, expectAccessible, test } from "../fixtures";
import { project } from "../instance";
import { type Receiver, signatureOf, startReceiver } from "./webhook-receiver";

let receiver: Receiver;
test.beforeAll(async () => {
  receiver = await startReceiver();
});
test.afterAll(() => receiver.close());

test("a channel is made, tested, fails, is turned off and removed", async ({ page }) => {
  await page.goto(`/${project}/settings/channels`);
  await page.getByRole("button", { name: "New channel" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("on call");
  await dialog.getByLabel("URL").fill("ftp://example.org/");
  await dialog.getByRole("button", { name: "Make the channel" }).click();
  await expect(dialog.getByText("an http or https URL")).toBeVisible();
  await dialog.getByLabel("URL").fill(receiver.url);
  await dialog.getByRole("button", { name: "Make the channel" }).click();
  const secret = /whsec_\S+/.exec(await dialog.getByText("whsec_").first().innerText())?.[0] ?? "";
  await dialog.getByRole("button", { name: "Done" }).click();
  const row = page.getByRole("listitem", { name: "on call" });
  await expect(row.getByText("everything of all monitors")).toBeVisible();

  await row.getByRole("button", { name: "Send a test" }).click();
  await expect(row.getByText(/The test was taken: the receiver answered 204/)).toBeVisible();
  const [first] = receiver.received;
  expect(first && first.headers["webhook-signature"]).toBe(first && signatureOf(first, secret));
  expect(JSON.parse(first?.body ?? "{}")).toMatchObject({ type: "test", data: { project, channel: "on call" } });

  receiver.answerWith(500);
  await row.getByRole("button", { name: "Send a test" }).click();
  await expect(row.getByText(/The test was not taken: the receiver failed \(500\); tried again .*1 of 8 tries made/)).toBeVisible();
  await row.getByText("What was sent").click();
  await expect(row.getByText(/^Answered 204/)).toBeVisible();
  await expect(row.getByText("Trying again")).toHaveCount(2);
  await expectAccessible(page);

  await row.getByRole("button", { name: "Actions for on call" }).click();
  await page.getByRole("menuitem", { name: "Edit…" }).click();
  await dialog.getByLabel("someone acknowledges it").uncheck();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(row.getByText("firing, resolved of all monitors")).toBeVisible();
  await row.getByRole("button", { name: "Actions for on call" }).click();
  await page.getByRole("menuitem", { name: "Turn off" }).click();
  await expect(row.getByText("off", { exact: true })).toBeVisible();
  await row.getByRole("button", { name: "Actions for on call" }).click();
  await page.getByRole("menuitem", { name: "Remove…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("Alerts go nowhere yet")).toBeVisible();
});
