/** Is it all right, since when, which part: a monitor's standing in one sentence. Pure. */
import type { MonitorView, RuleView } from "@/server/domains/monitoring/contract/monitor";
import { columnTitle, measureTitles } from "./measure-words";

const isBroken = (rule: RuleView) => rule.breaches > 0;
const isJudged = (rule: RuleView) => rule.current.some((window) => window.verdict !== "too_little");

/** `origin_mean_delay_7d and 2 more`, the furthest from its limit first. */
function brokenColumns(rule: RuleView): string {
  const [worst, ...others] = rule.current.filter((window) => window.verdict === "breach");
  if (!worst || worst.column === "") return "";
  return ` of ${columnTitle(worst.column)}${others.length > 0 ? ` and ${others.length} more` : ""}`;
}

export const brokenRules = (monitor: Pick<MonitorView, "rules">): string[] =>
  monitor.rules.filter(isBroken).map((rule) => `${measureTitles[rule.measure].toLowerCase().replace("psi", "PSI").replace("ks ", "KS ")}${brokenColumns(rule)}`);

export function standingSentence(monitor: Pick<MonitorView, "state" | "rules" | "alerts">): string {
  if (monitor.state === "calibrating") return "Limits are being taken from the reference; nothing is judged yet.";
  if (monitor.state === "no_data") return "No inference was seen yet.";
  const broken = brokenRules(monitor);
  if (monitor.state === "degraded") return broken.length > 0 ? `Beyond its limit: ${broken.join("; ")}.` : "The newest windows hold, but an alert is still open.";
  const judged = monitor.rules.filter(isJudged).length;
  return judged === 0 ? "No window is complete yet." : `${judged === monitor.rules.length ? `All ${judged} rules hold` : `${judged} of ${monitor.rules.length} rules are judged, and hold`}.`;
}
