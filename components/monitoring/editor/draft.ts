/** A monitor as its form holds it, and back. Pure. */
import { dayMs, hourMs, type Measure, MonitorDefinition, ofColumns } from "@/server/domains/monitoring/contract/definition";
import { issueWords } from "@/server/platform/issues/rules/issue-words";

export type RuleDraft = { key: string; name: string; measure: Measure; of: "features" | "score"; amount: string; unit: "h" | "d" };
export type Draft = { description: string; owner: string; runbook: string; times: string; floor: string; minRows: string; rules: RuleDraft[] };

export function draftOf(definition: MonitorDefinition): Draft {
  const { description, owner, runbook, calibrate, min_rows, rules } = definition;
  return {
    description, owner, runbook, times: String(calibrate.times), floor: String(calibrate.floor), minRows: String(min_rows),
    rules: rules.map(({ name, measure, of, window }) => {
      const isDays = window % dayMs === 0;
      return { key: name, name, measure, of: of ?? "features", amount: String(window / (isDays ? dayMs : hourMs)), unit: isDays ? "d" : "h" };
    }),
  };
}

const numberOf = (text: string) => (text.trim() === "" ? Number.NaN : Number(text));

export type Checked = { ok: true; definition: MonitorDefinition } | { ok: false; faults: { path: string; message: string }[] };

/** `path` is `rules.2.window` and the like, as the contract names it. */
export function checkDraft(base: Pick<MonitorDefinition, "kind" | "name" | "model" | "reference" | "labels">, draft: Draft): Checked {
  const { times, floor, minRows, rules, ...texts } = draft;
  const parsed = MonitorDefinition.safeParse({
    ...base, ...texts, calibrate: { times: numberOf(times), floor: numberOf(floor) }, min_rows: numberOf(minRows),
    rules: rules.map(({ name, measure, of, amount, unit }) => ({ name, measure, ...(ofColumns.includes(measure) ? { of } : {}), window: `${amount.trim()}${unit}` })),
  }, { error: issueWords });
  if (parsed.success) return { ok: true, definition: parsed.data };
  return { ok: false, faults: parsed.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message })) };
}

/** A name that no rule has yet. */
export function newRule(rules: readonly RuleDraft[]): RuleDraft {
  const taken = new Set(rules.map((rule) => rule.name));
  let n = rules.length + 1;
  while (taken.has(`rule-${n}`)) n += 1;
  return { key: `new-${n}-${rules.length}`, name: `rule-${n}`, measure: "psi", of: "features", amount: "7", unit: "d" };
}
