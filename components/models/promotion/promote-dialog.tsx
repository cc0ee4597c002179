"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/actions/button";
import { notify } from "@/components/ui/feedback/notify";
import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import { Dialog } from "@/components/ui/overlays/dialog";
import type { ModelView, VersionView } from "@/server/domains/models/contract";

type Props = { project: string; model: ModelView; version: VersionView; open: boolean; onClose: () => void };

const outcomes = { approved: "is champion now", pending: "waits for approval", refused: "is refused by the gate", lapsed: "lapsed" };

function consequenceOf(model: ModelView, version: VersionView): string {
  if (version.verdict?.outcome === "refused") return "The gate refused it: the request is recorded and refused with it. The champion stays.";
  const gate = model.suite === null ? "This model has no gate." : "The gate's verdict goes with it.";
  if (model.approval === "policy" && model.suite !== null) return `${gate} By this model's policy a passed verdict approves at once; then it serves.`;
  return `${gate} A maintainer or owner other than you and its author approves; then it serves.`;
}

export function PromoteDialog({ project, model, version, open, onClose }: Props) {
  const trpc = useTRPC();
  const form = useId();
  const [reason, setReason] = useState("");
  const request = useMutation(
    trpc.models.requestPromotion.mutationOptions({
      onSuccess: (made) => {
        (made.state === "refused" || made.state === "lapsed" ? notify.warning : notify.success)(`Version ${made.version} ${outcomes[made.state]}`);
        close();
      },
    }),
  );

  function close() {
    setReason("");
    request.reset();
    onClose();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!request.isPending) request.mutate({ project, name: model.name, version: version.version, reason });
  }

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && close()}
      title={`Ask to promote version ${version.version}`}
      description={consequenceOf(model, version)}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" pending={request.isPending}>Ask for promotion</Button>
        </>
      }
    >
      <form id={form} onSubmit={submit}>
        <Field label="Why" optional error={request.error?.message}>
          {(control) => <Input {...control} autoComplete="off" maxLength={2_000} value={reason} onChange={(event) => setReason(event.target.value)} />}
        </Field>
      </form>
    </Dialog>
  );
}
