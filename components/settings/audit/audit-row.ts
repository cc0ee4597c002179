/** An entry of the audit, and how it is said. */
import { formatClock, formatDay } from "@/components/ui/format/format-time";

export type AuditRow = {
  id: string;
  at: Date;
  actorKind: string;
  actorName: string;
  action: string;
  subjectKind: string | null;
  subjectId: string | null;
  subjectName: string | null;
  details: unknown;
  requestId: string;
  seq: number | null;
  hash: string | null;
};

/** In the zone of whoever reads: `26 Nov, 07:04:12`. */
export function whenWords(at: Date): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return `${formatDay(at, Date.now(), zone)}, ${formatClock(at, zone, true)}`;
}

/** `feature_view` → `feature view`. */
export const kindWords = (kind: string | null): string => kind?.replaceAll("_", " ") ?? "";

export const subjectWords = ({ subjectKind, subjectName, subjectId }: AuditRow): string =>
  [kindWords(subjectKind), subjectName ?? subjectId].filter(Boolean).join(" ");

const nameWords = (name: string): string => name.replace(/([a-z])([A-Z])/g, "$1 $2").replaceAll("_", " ").toLowerCase();

function valueWords(value: unknown): string {
  if (Array.isArray(value)) return value.every((item) => typeof item !== "object") ? value.join(", ") : `${value.length} of them`;
  if (value !== null && typeof value === "object") return Object.entries(value).map(([name, part]) => `${nameWords(name)} ${typeof part === "object" ? "…" : part}`).join(", ");
  return String(value);
}

const plural = (count: unknown, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;

function partWords(name: string, value: unknown): string {
  if (name === "expiresInDays") return `expires in ${plural(value, "day")}`;
  if (name === "version") return `v${value}`;
  return `${nameWords(name)}: ${name === "kind" ? kindWords(String(value)) : valueWords(value)}`;
}

/** `role: member · expires in 90 days`: what came with it, without what was left empty. */
export function detailWords(details: unknown): string {
  if (details === null || typeof details !== "object") return "";
  return Object.entries(details)
    .filter(([, value]) => value !== null && value !== "" && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => partWords(name, value))
    .join(" · ");
}
