/** What changed, told for reading: without the parts of a launch, a sweep's trials as one, each with where it leads. */
import { expect, it } from "vitest";
import { auditLog } from "@/drizzle/schema/platform";
import { database } from "../db";
import { newId } from "../ids";
import { putSearchEntry } from "../search";
import { testProject } from "../testing/project";
import { listChanges } from "./changes";

type Written = { action: string; kind: string; id: string; name: string; requestId?: string };

async function write(projectId: string, rows: readonly Written[]) {
  await database().insert(auditLog).values(rows.map(({ action, kind, id, name, requestId }) => ({
    id: newId(), projectId, actorKind: "user", actorId: "ada", actorName: "Ada", action, subjectKind: kind, subjectId: id, subjectName: name, details: {}, requestId: requestId ?? newId(),
  })));
}

const trial = (sweep: string, number: number): Written[] => {
  const requestId = newId();
  return [
    { action: "compute.submitJob", kind: "job", id: `job ${number}`, name: `train #${number}`, requestId },
    { action: "experiments.launchRun", kind: "run", id: `run ${number}`, name: `${sweep} #${number}`, requestId },
    { action: "experiments.launchTrial", kind: "sweep", id: sweep, name: sweep, requestId },
  ];
};

it("tells a sweep with all that it launched once, a launch without its job, and leads to what is still there", async () => {
  const { ctx, project } = await testProject();
  await putSearchEntry(database(), project.id, { kind: "model", objectId: "m-1", title: "delay", path: "/models/delay" });
  await putSearchEntry(database(), project.id, { kind: "monitor", objectId: newId(), title: "watch", path: "/monitoring/watch" });
  await write(project.id, [
    { action: "models.setGate", kind: "model", id: "m-1", name: "delay" },
    { action: "models.deleteModel", kind: "model", id: "m-2", name: "gone" },
    { action: "monitoring.applyMonitor", kind: "monitor", id: "watch", name: "watch" },
    ...trial("old", 7),
    { action: "experiments.launchSweep", kind: "sweep", id: "leaves", name: "leaves" },
    // Far more than a page of them: what was changed before must not be lost behind.
    ...Array.from({ length: 150 }, (_, number) => trial("leaves", number)).flat(),
    ...trial("old", 8).slice(0, 2),
    { action: "compute.submitJob", kind: "job", id: "alone", name: "alone" },
  ]);
  const told = await listChanges(ctx, {});
  expect(told.map(({ action, subjectName, trials, path }) => [action, subjectName, trials, path])).toEqual([
    ["compute.submitJob", "alone", 0, null],
    ["experiments.launchRun", "old #8", 0, null],
    ["experiments.launchSweep", "leaves", 150, null],
    ["experiments.launchTrial", "old", 1, null],
    ["monitoring.applyMonitor", "watch", 0, "/monitoring/watch"],
    ["models.deleteModel", "gone", 0, null],
    ["models.setGate", "delay", 0, "/models/delay"],
  ]);
});

it("says that a sweep has more trials than were read, and of one read to its start that it has not", async () => {
  const { ctx, project } = await testProject();
  await write(project.id, [
    { action: "experiments.launchSweep", kind: "sweep", id: "long", name: "long" },
    ...Array.from({ length: 600 }, (_, number) => trial("long", number)).flat(),
    { action: "experiments.launchSweep", kind: "sweep", id: "short", name: "short" },
    ...trial("short", 1),
  ]);
  const told = await listChanges(ctx, {});
  expect(told.map(({ subjectName, trials, isCutOff }) => [subjectName, trials < 600, isCutOff])).toEqual([["short", true, false], ["long", true, true]]);
});
