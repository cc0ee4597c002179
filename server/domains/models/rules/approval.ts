/** Who may decide a promotion. Pure: people and facts in, a refusal's reason or null out. */
import type { approvalModes } from "../contract";

export type Approver = { kind: string; userId: string | null; role: string };

export type ApprovalFacts = {
  mode: (typeof approvalModes)[number];
  /** Who asked for it, and who made the version: neither may approve it. */
  requestedByUserId: string | null;
  authorUserId: string | null;
  /** Other people of the project who could approve. */
  otherApprovers: number;
};

const authors = (facts: ApprovalFacts) => [facts.requestedByUserId, facts.authorUserId].filter((id) => id !== null);

/** The reason why this person may not approve, or null. */
export function refuseApprover(approver: Approver, facts: ApprovalFacts): string | null {
  if (approver.kind !== "user" || approver.userId === null) return "A person approves, signed in: not a token or a job.";
  if (!authors(facts).includes(approver.userId)) return null;
  if (facts.mode === "owner_alone" && approver.role === "owner" && facts.otherApprovers === 0) return null;
  return "Four eyes: who asked for the promotion or made the version can't approve it.";
}

/** What the ledger says of how it was decided. */
export function decisionNote(facts: ApprovalFacts, byPolicy: boolean, approverUserId: string | null): string {
  if (byPolicy) return "approved by policy";
  if (approverUserId !== null && authors(facts).includes(approverUserId)) return "approved by its own author, the only person who could";
  return "approved";
}
