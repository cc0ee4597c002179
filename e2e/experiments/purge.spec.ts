/** In a project of its own: a purge takes all that is deleted there. */
import { expect, expectAccessible, test } from "../fixtures";
import { baseUrl } from "../instance";
import { makeProject } from "../platform/guest";
import { unique } from "./tracked-run";

test("a maintainer purges what was deleted, by typing what goes, and is told what it held", async ({ page }) => {
  const slug = unique("purge");
  await makeProject(slug, "To be purged");
  await page.goto(`/${slug}/settings/tokens`);
  await page.getByRole("button", { name: "New token" }).click();
  await page.getByLabel("Name").fill("script");
  await page.getByRole("button", { name: "Make the token" }).click();
  const token = /slw_\w+/.exec(await page.getByRole("dialog").getByText("MLFLOW_TRACKING_TOKEN=").innerText())?.[0] ?? "";
  const track = async (path: string, body: object) => {
    const answer = await fetch(`${baseUrl}/api/2.0/mlflow/${path}`, { method: "POST", headers: { authorization: `Bearer ${token}`, "content-type": "application/json" }, body: JSON.stringify(body) });
    expect(answer.status).toBe(200);
    return answer.json();
  };
  const runs: string[] = [];
  for (const name of ["first", "second"]) {
    const { run } = await track("runs/create", { experiment_id: "0", run_name: name });
    await track("runs/log-batch", { run_id: run.info.run_id, metrics: [{ key: "loss", value: 0.5, timestamp: 1, step: 0 }] });
    await track("runs/update", { run_id: run.info.run_id, status: "FINISHED" });
    runs.push(run.info.run_id);
  }
  await page.goto(`/${slug}/experiments?view=deleted`);
  await expect(page.getByRole("button", { name: "Purge…" })).toBeDisabled();
  await track("runs/delete", { run_id: runs[0] });
  await page.reload();
  await page.getByRole("button", { name: "Purge…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("1 run of this project, deleted alone or with the experiment, goes for good");
  await expectAccessible(page);
  await expect(dialog.getByRole("button", { name: "Purge" })).toBeDisabled();
  await dialog.getByRole("textbox").fill("deleted runs");
  await dialog.getByRole("button", { name: "Purge" }).click();
  await expect(page.getByText("1 run purged")).toBeVisible();
  await expect(page.getByRole("button", { name: "Purge…" })).toBeDisabled();
  const search = await track("runs/search", { experiment_ids: ["0"], run_view_type: "ALL" });
  expect(search.runs.map((run: { info: { run_name: string } }) => run.info.run_name)).toEqual(["second"]);
});
