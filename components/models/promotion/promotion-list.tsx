"use client";

import { type ReactNode, useState } from "react";
import { useMay } from "@/components/trpc/use-may";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { Avatar } from "@/components/ui/layout/avatar";
import { Section } from "@/components/ui/layout/section";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { PromotionView } from "@/server/domains/models/contract";
import { DecideButtons } from "./decide-buttons";
import { DecideDialog, type Decision } from "./decide-dialog";

type TurnProps = { who: string; at: Date; said: ReactNode; quote?: string };

/** One turn of the conversation: who did what, when, in which words. */
function Turn({ who, at, said, quote }: TurnProps) {
  return (
    <li className="flex gap-2.5">
      <Avatar name={who} decorative className="mt-px" />
      <div className="min-w-0">
        <p><span className="inline-block font-medium first-letter:uppercase">{who}</span> {said} <RelativeTime at={at} className="text-muted" /></p>
        {quote && <blockquote className="mt-0.5 border-line border-l-2 pl-2 text-muted">{quote}</blockquote>}
      </div>
    </li>
  );
}

/** Why it was settled without a person, or by whom with which note. */
function settledWords({ state, alias, version }: PromotionView): string {
  if (state === "approved") return `let version ${version} become ${alias}`;
  return state === "refused" ? "refused it" : "tried to approve it, but it had lapsed";
}

function Thread({ project, promotion, onDecide }: { project: string; promotion: PromotionView; onDecide: (decision: Decision) => void }) {
  const mayDecide = useMay(project, "maintainer");
  const { version, alias, state, requestedBy, reason, decidedBy, decision, replaces, createdAt, decidedAt, approvalRefusal } = promotion;
  return (
    <li className="grid gap-2 border-line border-b px-4 py-3 last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="min-w-0 flex-1 font-medium">Version {version} as {alias}{replaces !== null && <span className="font-normal text-muted"> in place of version {replaces}</span>}</h3>
        <StateBadge state={state === "lapsed" ? "cancelled" : state} word={state === "pending" ? "waits for a decision" : state} />
      </div>
      <ol className="grid gap-2 text-table">
        <Turn who={requestedBy} at={createdAt} said="asked" quote={reason} />
        {decidedBy && decidedAt && <Turn who={decidedBy} at={decidedAt} said={settledWords(promotion)} quote={decision === "approved" || decision === "refused" ? undefined : (decision ?? undefined)} />}
      </ol>
      {state === "pending" && mayDecide && (
        <div className="pl-7"><DecideButtons promotion={promotion} onDecide={onDecide} /></div>
      )}
      {state === "pending" && mayDecide && approvalRefusal && <p className="pl-7 text-label text-muted">{approvalRefusal}</p>}
      {state === "pending" && !mayDecide && <p className="pl-7 text-label text-muted">A maintainer or owner who did not ask for it decides.</p>}
    </li>
  );
}

export function PromotionList({ project, promotions }: { project: string; promotions: readonly PromotionView[] }) {
  const [decision, setDecision] = useState<Decision | null>(null);
  return (
    <Section id="promotions" title="Promotions" flush>
      {promotions.length === 0 ? (
        <EmptyState title="No promotion was asked for yet">A version becomes champion when someone asks, the gate agrees, and another person approves.</EmptyState>
      ) : (
        <ul>{promotions.map((promotion) => <Thread key={promotion.id} project={project} promotion={promotion} onDecide={setDecision} />)}</ul>
      )}
      <DecideDialog project={project} decision={decision} onClose={() => setDecision(null)} />
    </Section>
  );
}
