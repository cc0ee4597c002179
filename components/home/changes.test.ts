import { expect, it } from "vitest";
import { told } from "./changes";

const row = (actorName: string, action: string, subjectName: string, details: object = {}) => ({ actorName, action, subjectKind: null, subjectId: null, subjectName, details });

it("tells once what was done again and again to one thing, with its newest first", () => {
  const rows = [
    row("replay", "catalog.materializeOnline", "views", { from: "a" }), row("Ada", "models.rollback", "delay"), row("replay", "catalog.materializeOnline", "views", { from: "b" }),
    row("Grace", "models.rollback", "delay"),
  ];
  expect(told(rows).map(({ row: { actorName, action }, times }) => `${actorName} ${action} ${times}`)).toEqual([
    "replay catalog.materializeOnline 2", "Ada models.rollback 1", "Grace models.rollback 1",
  ]);
});

it("tells an approval and a refusal, and one version and another, apart", () => {
  const decided = (state: string, version: number) => row("Ada", "models.decidePromotion", "delay", { state, version });
  const rows = [decided("approved", 4), decided("refused", 4), decided("refused", 4), decided("refused", 5)];
  expect(told(rows).map(({ times }) => times)).toEqual([1, 2, 1]);
});
