import { expect, it } from "vitest";
import { testProject } from "@/server/platform/testing/project";
import { makeModel, readLogged } from "../testing/serve-fixture";
import { flushInferenceLog, logCounts, logInferences } from "./inference-log";

it("one row that the database refuses costs no other of its batch, and is counted", async () => {
  const { ctx, project } = await testProject();
  const ids = [await makeModel(ctx, "delay"), await makeModel(ctx, "load")];
  const before = logCounts();
  const at = Date.UTC(2001, 4, 1);
  for (const modelId of ids) {
    const rows = Array.from({ length: 9 }, (_, n) => ({
      projectId: project.id, modelId, predictionId: `p${n}`, version: 1, eventTime: at, receivedAt: at, score: 0.5, features: [1, 2, 3],
      keys: { origin: modelId === ids[0] && n === 4 ? "J\u0000K" : "JFK" },
    }));
    logInferences(rows);
  }
  await flushInferenceLog();
  const logged = await Promise.all(ids.map(async (modelId) => (await readLogged(modelId)).map(({ predictionId }) => predictionId)));
  const all = Array.from({ length: 9 }, (_, n) => `p${n}`);
  expect(logged).toEqual([all.filter((id) => id !== "p4"), all]);
  expect(logCounts()).toEqual({ ...before, logged: before.logged + 17, failed: before.failed + 1, queued: 0 });
});
