"use client";

import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTRPCClient } from "@/components/trpc/client";
import { Button } from "@/components/ui/actions/button";
import { notify } from "@/components/ui/feedback/notify";
import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import { Dialog } from "@/components/ui/overlays/dialog";
import { messageOf } from "../failure";

export type CordonAgentProps = { agent: { id: string; name: string }; open: boolean; onOpenChange: (open: boolean) => void; onDone: () => Promise<void> };

export function CordonAgent({ agent, open, onOpenChange, onDone }: CordonAgentProps) {
  const client = useTRPCClient();
  const form = useId();
  const [reason, setReason] = useState("");
  const cordon = useMutation({
    mutationFn: () => client.compute.cordonAgent.mutate({ agentId: agent.id, reason }),
    onSuccess: async () => {
      onOpenChange(false);
      notify.success(`${agent.name} is cordoned`);
      await onDone();
    },
  });
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Cordon ${agent.name}`}
      description="It finishes what it has and is given nothing new, until it is uncordoned."
      size="sm"
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" pending={cordon.isPending}>
            Cordon
          </Button>
        </>
      }
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!cordon.isPending) cordon.mutate();
        }}
      >
        <Field label="Why" optional help="Shown to everyone whose job could have run there." error={cordon.error ? messageOf(cordon.error) : undefined}>
          {(control) => <Input {...control} maxLength={500} placeholder="driver update" value={reason} onChange={(event) => setReason(event.target.value)} />}
        </Field>
      </form>
    </Dialog>
  );
}
