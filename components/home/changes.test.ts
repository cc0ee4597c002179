import { expect, it } from "vitest";
import { told } from "./changes";

const row = (actorName: string, action: string, subjectName: string, requestId = `${actorName} ${action} ${subjectName}`) => ({ actorName, action, subjectName, requestId });

it("tells once what was done again and again, and leaves out the job that a launch submits", () => {
  const rows = [
    row("replay", "catalog.materializeOnline", "views", "1"), row("Ada", "models.rollback", "delay"), row("replay", "catalog.materializeOnline", "views", "2"),
    row("Ada", "compute.submitJob", "train", "launch"), row("Ada", "experiments.launchRun", "train", "launch"), row("Ada", "compute.submitJob", "by itself", "alone"),
  ];
  expect(told(rows).map(({ row: { action, subjectName }, times }) => `${action} ${subjectName} ${times}`)).toEqual([
    "catalog.materializeOnline views 2", "models.rollback delay 1", "experiments.launchRun train 1", "compute.submitJob by itself 1",
  ]);
});

it("tells an approval and a refusal of the same model apart", () => {
  const decided = (state: string, requestId: string) => ({ ...row("Ada", "models.decidePromotion", "delay", requestId), details: { state } });
  expect(told([decided("approved", "1"), decided("refused", "2"), decided("refused", "3")]).map(({ row: { details }, times }) => [details.state, times])).toEqual([["approved", 1], ["refused", 2]]);
});
