/** Groups and the runs of the open ones, as one list of rows. */
import type { RunView } from "@/server/domains/experiments/contract/run";
import type { RunGroup } from "@/server/domains/experiments/contract/run-table";

export type GroupedRow =
  | { kind: "group"; id: string; group: RunGroup; isOpen: boolean }
  | { kind: "run"; id: string; run: RunView }
  | { kind: "rest"; id: string; group: RunGroup; left: number | null };

/** Short in the URL, and never the id of a run. */
export const groupId = (value: string | null): string => (value === null ? "none" : `is ${value}`);

export type RunsOf = ReadonlyMap<string, readonly RunView[] | undefined>;

export function groupRows(groups: readonly RunGroup[], open: ReadonlySet<string>, runsOf: RunsOf): GroupedRow[] {
  return groups.flatMap((group): GroupedRow[] => {
    const id = groupId(group.value);
    const isOpen = open.has(id);
    const head: GroupedRow = { kind: "group", id, group, isOpen };
    if (!isOpen) return [head];
    const runs = runsOf.get(id);
    const rows = (runs ?? []).map((run): GroupedRow => ({ kind: "run", id: run.id, run }));
    const left = runs ? group.runs - runs.length : null;
    return left === null || left > 0 ? [head, ...rows, { kind: "rest", id: `rest of ${id}`, group, left }] : [head, ...rows];
  });
}
