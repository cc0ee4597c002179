import { expect, it } from "vitest";
import { actionWords } from "./action-words";

it.each([
  ["models.requestPromotion", "requested promotion"],
  ["applySuite", "applied suite"],
  ["compute.submitJob", "submitted job"],
  ["catalog.buildDataset", "built dataset"],
  ["models.rollback", "rolled back"],
  ["models.setAlias", "set alias"],
  ["monitoring.resetMonitor", "reset monitor"],
  ["evaluations.compareEvaluations", "compared evaluations"],
  ["experiments.cancelRun", "cancelled run"],
  ["monitoring.controlReplay", "controlled replay"],
  ["monitoring.acknowledgeAlert", "acknowledged alert"],
])("%s reads %s", (action, words) => {
  expect(actionWords(action)).toBe(words);
});
