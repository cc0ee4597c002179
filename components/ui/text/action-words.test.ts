import { expect, it } from "vitest";
import { actionWords } from "./action-words";

it.each([
  ["models.requestPromotion", "asked to promote"],
  ["models.setGate", "changed the gate of"],
  ["catalog.buildDataset", "asked to build the dataset"],
  ["monitoring.resetMonitor", "reset the monitor"],
  ["tests.buildThing", "built thing"],
  ["tests.cancelThing", "cancelled thing"],
  ["tests.copyThing", "copied thing"],
  ["archiveThing", "archived thing"],
])("%s reads %s", (action, words) => {
  expect(actionWords(action)).toBe(words);
});

it.each([
  ["operations.cancelOperation", { operation: "preview-rules" }, "stopped a preview of rules for"],
  ["operations.cancelOperation", { operation: "evaluate-model" }, "stopped an evaluation of"],
  ["operations.cancelOperation", { operation: "unheard-of" }, "stopped work on"],
  ["operations.cancelOperation", null, "stopped work on"],
  ["models.decidePromotion", { state: "approved", version: 2 }, "approved the promotion of"],
  ["models.decidePromotion", { state: "refused" }, "refused the promotion of"],
  ["models.decidePromotion", { state: "lapsed" }, "found lapsed the promotion of"],
  ["models.decidePromotion", {}, "decided on the promotion of"],
  ["models.setGate", { state: "approved" }, "changed the gate of"],
])("%s with %j reads %s", (action, details, words) => {
  expect(actionWords(action, details)).toBe(words);
});
