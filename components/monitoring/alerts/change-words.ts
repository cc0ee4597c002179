/** Changes and owners of an incident, grouped for reading. */
import { changeHref, changeWords } from "@/components/ui/text/change-words";
import type { ChangeView, OwnerView } from "@/server/domains/monitoring/contract/alert";

/** `more` is what an entry by itself adds: from which version to which. */
export type ChangeSubject = { text: string; more: string; href: string | null };
export type ChangeGroup = { at: Date; who: string; whoKind: string; did: string; subjects: ChangeSubject[] };

/** One row for all that one person did of one kind, with its newest moment. */
export function groupChanges(project: string, changes: readonly ChangeView[]): ChangeGroup[] {
  const groups = new Map<string, ChangeGroup>();
  for (const { at, who, whoKind, what, kind, id, subject, details, path } of changes) {
    const change = { action: what, actorName: who, subjectKind: kind, subjectId: id, subjectName: subject, details, path };
    const { did, what: text, more } = changeWords(change);
    const known = groups.get(`${who} ${did}`);
    const one = { text, more, href: changeHref(project, change) };
    if (!known) groups.set(`${who} ${did}`, { at, who, whoKind, did, subjects: [one] });
    else if (!known.subjects.some((other) => other.text === text && other.more === more)) known.subjects.push(one);
  }
  return [...groups.values()];
}

export const shownSubjects = 3;

/** Each owner once, with what is theirs. */
export function ownersText(owners: readonly OwnerView[]): string {
  const parts = new Map<string, string[]>();
  for (const { owner, of } of owners) parts.set(owner, [...(parts.get(owner) ?? []), of]);
  return [...parts].map(([owner, of]) => `${owner} (${of[0] ?? ""}${of.length > 1 ? ` and ${of.length - 1} more` : ""})`).join(", ");
}
