/** Since when an alert is known and how it ended, in words: the same everywhere. */
import type { AlertView } from "@/server/domains/monitoring/contract/alert";
import { streamTime } from "../measure-words";

/** A window is judged at its end: only then its alert is known. */
export const knownSince = ({ endsAt }: Pick<AlertView, "endsAt">): string => `since ${streamTime(endsAt)}`;

/** What lies between, so that nobody takes the window's start for the moment. */
export const firstWindow = ({ startsAt, endsAt }: Pick<AlertView, "startsAt" | "endsAt">): string => `the first broken window ran from ${streamTime(startsAt)} to ${streamTime(endsAt)}, on the stream's clock`;

/** `by itself`, or `by Ada`: a window that holds ends an alert, or a person does. */
export function endedBy({ resolvedBy, resolvedEndsAt }: Pick<AlertView, "resolvedBy" | "resolvedEndsAt">): string {
  if (resolvedEndsAt !== null) return "by itself";
  return resolvedBy === null ? "" : `by ${resolvedBy}`;
}

/** Why it ended by itself; nothing where a person ended it. */
export const endedWhy = ({ resolvedEndsAt }: Pick<AlertView, "resolvedEndsAt">): string =>
  resolvedEndsAt === null ? "" : `the window to ${streamTime(resolvedEndsAt)} held again`;
