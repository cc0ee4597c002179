/** How an alert ended, in words. */
import type { AlertView } from "@/server/domains/monitoring/contract/alert";
import { streamTime } from "../measure-words";

/** `by itself`, or `by Ada`: a window that holds ends an alert, or a person does. */
export function endedBy({ resolvedBy, resolvedEndsAt }: Pick<AlertView, "resolvedBy" | "resolvedEndsAt">): string {
  if (resolvedEndsAt !== null) return "by itself";
  return resolvedBy === null ? "" : `by ${resolvedBy}`;
}

/** Why it ended by itself; nothing where a person ended it. */
export const endedWhy = ({ resolvedEndsAt }: Pick<AlertView, "resolvedEndsAt">): string =>
  resolvedEndsAt === null ? "" : `the window to ${streamTime(resolvedEndsAt)} held again`;
