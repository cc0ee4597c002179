/** What a judged window does to a rule's alert, and what people may do to it. Pure. */
import type { AlertMove, AlertState } from "../contract/alert";
import type { Verdict } from "../contract/monitor";

export type WindowEffect = "open" | "extend" | "resolve" | "none";

/**
 * A broken window opens an alert or extends the open one; a window that holds resolves it. Too little data changes
 * nothing: silence is no proof of health.
 */
export function effectOf(open: AlertState | null, verdict: Verdict): WindowEffect {
  if (verdict === "breach") return open === null || open === "resolved" ? "open" : "extend";
  if (verdict === "ok" && open !== null && open !== "resolved") return "resolve";
  return "none";
}

const moves: Record<AlertMove, Partial<Record<AlertState, AlertState>>> = {
  acknowledge: { firing: "acknowledged" },
  resolve: { firing: "resolved", acknowledged: "resolved" },
};

/** The state after a person's move, or null where it can't be made. */
export const moveAlertState = (from: AlertState, move: AlertMove): AlertState | null => moves[move][from] ?? null;

/** Of a rule with many columns: broken if one is, held if one was judged and none is broken. */
export function verdictOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes("breach")) return "breach";
  return verdicts.includes("ok") ? "ok" : "too_little";
}
