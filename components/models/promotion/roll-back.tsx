"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/actions/button";
import { notify } from "@/components/ui/feedback/notify";
import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import { Dialog } from "@/components/ui/overlays/dialog";
import type { ModelView } from "@/server/domains/models/contract";

type Props = { project: string; model: ModelView; champion: number; previous: number };

/** One step back; the ledger keeps why. */
export function RollBack({ project, model, champion, previous }: Props) {
  const trpc = useTRPC();
  const form = useId();
  const [isOpen, setIsOpen] = useState(false);
  const [reason, setReason] = useState("");
  const rollback = useMutation(
    trpc.models.rollback.mutationOptions({
      onSuccess: (made) => {
        notify.success(`Version ${made.version} is champion again`);
        close();
      },
    }),
  );
  const isSaid = reason.trim() !== "";

  function close() {
    setReason("");
    rollback.reset();
    setIsOpen(false);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isSaid && !rollback.isPending) rollback.mutate({ project, name: model.name, reason });
  }

  return (
    <>
      <Button onClick={() => setIsOpen(true)}>Roll back to v{previous}…</Button>
      <Dialog
        open={isOpen}
        onOpenChange={(open) => (open ? setIsOpen(true) : close())}
        title={`Roll back ${model.name} from v${champion} to v${previous}?`}
        description={`Version ${previous} serves at once. Version ${champion} stays registered and can be promoted again.`}
        footer={
          <>
            <Button onClick={close}>Keep v{champion}</Button>
            <Button type="submit" form={form} variant="danger" disabled={!isSaid} pending={rollback.isPending}>Roll back</Button>
          </>
        }
      >
        <form id={form} onSubmit={submit}>
          <Field label="Why" required help="It stands in the ledger." error={rollback.error?.message}>
            {(control) => <Input {...control} autoComplete="off" maxLength={2_000} value={reason} onChange={(event) => setReason(event.target.value)} />}
          </Field>
        </form>
      </Dialog>
    </>
  );
}
