/** Rules, alerts and next steps in words. Pure. */
import type { BrokenColumn } from "../contract/alert";
import { dayMs, hourMs, type Measure, type Rule } from "../contract/definition";
import { scoreColumn } from "../contract/columns";

export const spanText = (ms: number): string => (ms % dayMs === 0 ? `${ms / dayMs} d` : `${ms / hourMs} h`);

const measureNames: Record<Measure, string> = {
  psi: "drift (PSI)", ks: "drift (KS)", null_share: "absent share", count: "volume", log_loss: "log-loss", observed_over_predicted: "observed ÷ predicted",
};

export function ruleTitle(rule: Pick<Rule, "measure" | "of" | "window">): string {
  const of = rule.of === "features" ? " of features" : rule.of === "score" ? " of the score" : "";
  return `${measureNames[rule.measure]}${of} over ${spanText(rule.window)}`;
}

const columnText = (column: string) => (column === scoreColumn ? "the score" : column);
const digits = (value: number) => (Math.abs(value) >= 100 ? Math.round(value).toLocaleString("en-US") : value.toPrecision(3));

/** One sentence a person understands at 3 a.m.: the worst so far, and how many more. */
export function alertTitle(monitor: string, rule: Pick<Rule, "measure" | "of" | "window">, columns: readonly BrokenColumn[]): string {
  const [worst] = columns;
  if (!worst) return `${monitor}: ${ruleTitle(rule)}`;
  const bound = worst.high !== null && worst.value > worst.high ? `above ${digits(worst.high)}` : worst.low === null ? "beyond its limit" : `below ${digits(worst.low)}`;
  const named = worst.column === "" ? "" : ` of ${columnText(worst.column)}`;
  const more = columns.length - 1;
  const others = more > 0 ? `; ${more} more ${more === 1 ? "feature broke its limit" : "features broke their limits"}` : "";
  return `${monitor}: ${measureNames[rule.measure]}${named} ${digits(worst.value)}, ${bound}${others}`;
}

const steps: Record<Measure, string[]> = {
  psi: ["Open the drifted features above, worst first: is it the world or the pipeline?", "Compare each one's source freshness and absent share with last week.", "If quality holds, the drift is harmless: acknowledge with that note. If it falls too, retrain on recent data and compare."],
  ks: ["Open the drifted features above, worst first.", "If quality holds, acknowledge with that note; if it falls too, retrain on recent data."],
  null_share: ["Find the view whose values are absent: did its source stop, or are rows outside its TTL?", "Materialize the view again, then watch the next window."],
  count: ["Ask the callers: a deploy, a holiday, an outage upstream?", "Look at errors and refusals of the endpoint in the same time."],
  log_loss: ["Look at calibration in the same window: if it holds, cases got harder; if not, the model is off.", "Compare slices of the window, then the champion with the last one on these rows.", "Roll back only if the last champion does better on the same rows."],
  observed_over_predicted: ["The scores are too high or too low on the whole: check the label's definition and delay first.", "Then retrain or recalibrate on recent data and compare."],
};

export const draftSteps = (measure: Measure): string[] => steps[measure];
