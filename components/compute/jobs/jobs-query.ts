/** The filter of the jobs table, `state = failed and name ~ "train"`, as the listing verb's input. */
import { simpleGrammar } from "@/components/data-table/filter/complete-filter";
import type { FilterGrammar } from "@/components/data-table/filter/filter-grammar";
import { type FilterKey, parseFilter } from "@/components/data-table/filter/parse-filter";
import type { JobState } from "@/server/domains/compute/contract/job";

export const jobStates: readonly JobState[] = ["queued", "preparing", "running", "succeeded", "failed", "cancelled", "timed_out", "lost"];

const keys: FilterKey[] = [
  { key: "state", type: "choice", values: jobStates, detail: "state" },
  { key: "name", type: "text", detail: "part of the name" },
  { key: "labels.recipe", type: "text", detail: "label" },
  { key: "labels.run", type: "text", detail: "label" },
];

export type JobsAsked = { states?: JobState[]; name?: string; label?: { key: string; value: string } };

const plain = simpleGrammar(keys, 'state = failed and name ~ "train"');

/** Labels of any name may be asked for; of names and labels only one condition each. */
function check(text: string) {
  const { clauses, marks } = parseFilter(text);
  if (marks.length > 0) return marks;
  const faults = parseFilter(text, [...keys, ...clauses.filter((clause) => clause.key.startsWith("labels.")).map(({ key }) => ({ key, type: "text" as const }))]).marks;
  if (faults.length > 0) return faults;
  const second = (part: string) => clauses.filter((clause) => clause.key.startsWith(part))[1];
  const twice = second("name") ?? second("labels.");
  if (twice) return [{ from: twice.from, to: twice.to, message: "One condition on the name and one on a label can be asked for at a time." }];
  const wrong = clauses.find((clause) => (clause.key === "name" ? clause.op === "!=" : clause.key.startsWith("labels.") && clause.op !== "="));
  if (!wrong) return [];
  return [{ from: wrong.from, to: wrong.to, message: wrong.key === "name" ? "A name is asked for by ~ (contains)." : "A label is asked for by =." }];
}

export const jobsGrammar: FilterGrammar = { ...plain, check };

/** A filter that does not parse asks for nothing: the bar shows its fault. */
export function jobsAsked(filter: string): JobsAsked {
  if (check(filter).length > 0) return {};
  const asked: JobsAsked = {};
  for (const { key, op, value } of parseFilter(filter).clauses) {
    if (key === "name") asked.name = value;
    else if (key.startsWith("labels.")) asked.label = { key: key.slice("labels.".length), value };
    else {
      const fits = (state: JobState) => (op === "~" ? state.includes(value) : op === "=" ? state === value : state !== value);
      asked.states = (asked.states ?? jobStates).filter(fits);
    }
  }
  return asked;
}
