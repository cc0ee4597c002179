import { expect, it } from "vitest";
import { actionWords } from "./action-words";

it.each([
  ["models.requestPromotion", "asked to promote"],
  ["models.setGate", "changed the gate of"],
  ["catalog.buildDataset", "built the dataset"],
  ["monitoring.resetMonitor", "reset the monitor"],
  ["tests.buildThing", "built thing"],
  ["tests.cancelThing", "cancelled thing"],
  ["tests.copyThing", "copied thing"],
  ["archiveThing", "archived thing"],
])("%s reads %s", (action, words) => {
  expect(actionWords(action)).toBe(words);
});
