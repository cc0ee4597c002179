/** Changes and owners of an incident, grouped for reading. */
import type { ChangeView, OwnerView } from "@/server/domains/monitoring/contract/alert";

export type ChangeGroup = { at: Date; who: string; whoKind: string; what: string; subjects: string[] };

/** One row for all that one person did of one kind, with its newest moment. */
export function groupChanges(changes: readonly ChangeView[]): ChangeGroup[] {
  const groups = new Map<string, ChangeGroup>();
  for (const { at, who, whoKind, what, subject } of changes) {
    const known = groups.get(`${who} ${what}`);
    if (!known) groups.set(`${who} ${what}`, { at, who, whoKind, what, subjects: [subject] });
    else if (!known.subjects.includes(subject)) known.subjects.push(subject);
  }
  return [...groups.values()];
}

export const shownSubjects = 3;

/** `a, b, c and 4 more`. */
export function subjectsText(subjects: readonly string[]): string {
  const shown = subjects.slice(0, shownSubjects).join(", ");
  return subjects.length > shownSubjects ? `${shown} and ${subjects.length - shownSubjects} more` : shown;
}

/** Each owner once, with what is theirs. */
export function ownersText(owners: readonly OwnerView[]): string {
  const parts = new Map<string, string[]>();
  for (const { owner, of } of owners) parts.set(owner, [...(parts.get(owner) ?? []), of]);
  return [...parts].map(([owner, of]) => `${owner} (${of[0] ?? ""}${of.length > 1 ? ` and ${of.length - 1} more` : ""})`).join(", ");
}
