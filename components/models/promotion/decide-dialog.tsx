"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/actions/button";
import { notify } from "@/components/ui/feedback/notify";
import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import { Dialog } from "@/components/ui/overlays/dialog";
import type { PromotionView } from "@/server/domains/models/contract";

export type Decision = { promotion: PromotionView; approve: boolean };

export function DecideDialog({ project, decision, onClose }: { project: string; decision: Decision | null; onClose: () => void }) {
  const trpc = useTRPC();
  const form = useId();
  const [note, setNote] = useState("");
  const decide = useMutation(
    trpc.models.decidePromotion.mutationOptions({
      onSuccess: (made) => {
        if (made.state === "lapsed") notify.warning(`The promotion lapsed: ${made.decision}.`);
        else notify.success(`Version ${made.version} is ${made.state === "approved" ? `${made.alias} now` : "refused"}`);
        close();
      },
    }),
  );

  function close() {
    setNote("");
    decide.reset();
    onClose();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (decision && !decide.isPending) decide.mutate({ project, promotionId: decision.promotion.id, approve: decision.approve, note });
  }

  const word = decision?.approve ? "Approve" : "Refuse";
  return (
    <Dialog
      open={decision !== null}
      onOpenChange={(open) => !open && close()}
      title={decision ? `${word} version ${decision.promotion.version} as ${decision.promotion.alias}` : ""}
      description={decision?.approve ? `It serves as soon as you approve${decision.promotion.replaces === null ? "." : `, in the place of version ${decision.promotion.replaces}.`}` : "The champion stays."}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" form={form} variant={decision?.approve ? "primary" : "danger"} pending={decide.isPending}>{word}</Button>
        </>
      }
    >
      <form id={form} onSubmit={submit}>
        <Field label="Note" optional error={decide.error?.message}>
          {(control) => <Input {...control} autoComplete="off" maxLength={2_000} value={note} onChange={(event) => setNote(event.target.value)} />}
        </Field>
      </form>
    </Dialog>
  );
}
