import type { ChangeView, OwnerView } from "@/server/domains/monitoring/contract/alert";

/** An audited action in the words of someone who tells what happened. */
const words: Record<string, string> = {
  "catalog.applyDefinitions": "applied definitions:", "catalog.applyFiles": "applied definitions:", "catalog.loadSource": "loaded the source", "catalog.computeSource": "computed the source", "catalog.materializeView": "computed the feature view",
  "catalog.materializeOnline": "wrote online features of", "catalog.buildDataset": "built the dataset", "models.requestPromotion": "asked to promote", "models.decidePromotion": "decided on the promotion of", "models.rollback": "rolled back",
  "models.setAlias": "set an alias of", "models.registerVersion": "registered", "monitoring.applyMonitor": "changed the monitor", "monitoring.resetMonitor": "reset the monitor", "monitoring.controlReplay": "steered the replay", "monitoring.startReplay": "started the replay",
  "experiments.launchRun": "launched", "monitoring.acknowledgeAlert": "acknowledged", "monitoring.resolveAlert": "resolved",
};

/** `models.setApproval` → `set approval` where no better words are known. */
export const changeWords = (action: string): string =>
  words[action] ??
  action
    .replace(/^.*\./, "")
    .replace(/([A-Z])/g, " $1")
    .toLowerCase();

export type ChangeGroup = { at: Date; who: string; what: string; subjects: string[] };

/** One row for all that one person did of one kind, with its newest moment. */
export function groupChanges(changes: readonly ChangeView[]): ChangeGroup[] {
  const groups = new Map<string, ChangeGroup>();
  for (const { at, who, what, subject } of changes) {
    const known = groups.get(`${who} ${what}`);
    if (!known) groups.set(`${who} ${what}`, { at, who, what, subjects: [subject] });
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
