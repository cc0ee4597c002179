"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/actions/button";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { notify } from "@/components/ui/feedback/notify";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { Field } from "@/components/ui/forms/field";
import { Textarea } from "@/components/ui/forms/textarea";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { Section } from "@/components/ui/layout/section";
import { Dialog } from "@/components/ui/overlays/dialog";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { PromotionView } from "@/server/domains/models/contract";

type Decision = { promotion: PromotionView; approve: boolean };

function DecideDialog({ project, decision, onClose }: { project: string; decision: Decision | null; onClose: () => void }) {
  const trpc = useTRPC();
  const [note, setNote] = useState("");
  const decide = useMutation(
    trpc.models.decidePromotion.mutationOptions({
      onSuccess: (made) => {
        if (made.state === "lapsed") notify.warning(`The promotion lapsed: ${made.decision}`);
        else notify.success(`Version ${made.version}: ${made.state === "approved" ? `is ${made.alias} now` : "refused"}`);
        setNote("");
        onClose();
      },
    }),
  );
  const word = decision?.approve ? "Approve" : "Refuse";
  return (
    <Dialog
      open={decision !== null}
      onOpenChange={(open) => !open && onClose()}
      title={decision ? `${word} version ${decision.promotion.version} as ${decision.promotion.alias}` : ""}
      description={decision?.approve ? `It serves as soon as you approve${decision.promotion.replaces === null ? "." : `, in the place of version ${decision.promotion.replaces}.`}` : "The champion stays."}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant={decision?.approve ? "primary" : "danger"}
            pending={decide.isPending}
            onClick={() => decision && decide.mutate({ project, promotionId: decision.promotion.id, approve: decision.approve, note })}
          >
            {word}
          </Button>
        </>
      }
    >
      <Field label="Note" optional error={decide.error?.message}>
        {(control) => <Textarea {...control} value={note} onChange={(event) => setNote(event.target.value)} rows={3} />}
      </Field>
    </Dialog>
  );
}

function PromotionRow({ project, promotion, onDecide, showModel }: { project: string; promotion: PromotionView; onDecide: (decision: Decision) => void; showModel: boolean }) {
  const { version, alias, state, requestedBy, reason, decidedBy, decision, replaces } = promotion;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-line border-b px-3 py-2 last:border-b-0">
      <StateBadge state={state === "lapsed" ? "cancelled" : state} word={state} />
      <span className="min-w-0 flex-1 basis-64">
        {showModel && <InlineLink href={`/${project}/models/${encodeURIComponent(promotion.model)}`}>{promotion.model}</InlineLink>} v{version} → {alias}
        {replaces !== null && <span className="text-muted"> in place of v{replaces}</span>}
        <span className="text-muted"> · asked by {requestedBy} <RelativeTime at={promotion.createdAt} /></span>
        {reason && <span className="block text-muted">“{reason}”</span>}
        {decision && <span className="block text-muted">{decidedBy}: {decision}</span>}
      </span>
      {state === "pending" && (
        <span className="flex gap-1.5">
          <Button size="sm" variant="primary" onClick={() => onDecide({ promotion, approve: true })}>Approve…</Button>
          <Button size="sm" variant="danger" onClick={() => onDecide({ promotion, approve: false })}>Refuse…</Button>
        </span>
      )}
    </li>
  );
}

export function PromotionList({ project, promotions, showModel = false }: { project: string; promotions: readonly PromotionView[]; showModel?: boolean }) {
  const [decision, setDecision] = useState<Decision | null>(null);
  return (
    <Section title="Promotions" flush>
      {promotions.length === 0 ? (
        <EmptyState title="No promotion was asked for yet">A version becomes champion when someone asks, the gate agrees, and another person approves.</EmptyState>
      ) : (
        <ul>{promotions.map((promotion) => <PromotionRow key={promotion.id} project={project} promotion={promotion} onDecide={setDecision} showModel={showModel} />)}</ul>
      )}
      <DecideDialog project={project} decision={decision} onClose={() => setDecision(null)} />
    </Section>
  );
}
