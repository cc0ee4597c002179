/** How much of what a monitor has read is labelled. */
import { sql } from "drizzle-orm";
import { afterAll, expect, it } from "vitest";
import { stopInferenceThread } from "@/server/domains/models/serving/runtime/runtime";
import { database } from "@/server/platform/db";
import { testProject } from "@/server/platform/testing/project";
import { dayMs, hourMs } from "../contract/definition";
import { daysOf, definition, logStream, runOperationNow, streamFrom, watchedModel } from "../testing/watched-model";
import { applyMonitor } from "./apply-monitor";
import { foldMonitors } from "./fold-inferences";
import { getMonitor } from "./read-monitors";
import { joinLabels, recordLabels } from "./record-labels";

afterAll(stopInferenceThread);

it("a monitor tells how many of the predictions that it read have a label, not of those that a monitor before it had read", async () => {
  const { ctx, project } = await testProject();
  const modelId = await watchedModel(ctx);
  await runOperationNow((await applyMonitor(ctx, definition)).operationId);
  await database().execute(sql`
    insert into label_days (model_id, project_id, day, version, labels, positives, log_loss_sum, score_sum)
    values (${modelId}, ${project.id}, ${new Date(streamFrom - 40 * dayMs).toISOString()}::timestamptz, 1, 3000000000, 1, 1, 1)`);
  const rows = daysOf(streamFrom, 2, 6);
  await logStream(ctx, modelId, rows, "read");
  const labels = rows.slice(100, 200).map(({ at, label }, i) => ({ predictionId: `read-${100 + i}`, label, knownAt: new Date(at + 2 * hourMs).toISOString() }));
  await recordLabels(ctx, { model: "delay", labels });
  await joinLabels();
  for (let i = 0; i < 3; i += 1) await foldMonitors();
  // The first day may have been read in part.
  expect((await getMonitor(ctx, { name: "delay" })).labels).toMatchObject({ predictions: 150, labelled: 50 });
});
