"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { Button } from "@/components/ui/actions/button";
import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import { Dialog } from "@/components/ui/overlays/dialog";
import { messageOf } from "../failure";

export type RenameRunProps = { project: string; run: { id: string; name: string }; open: boolean; onOpenChange: (open: boolean) => void };

export function RenameRun({ project, run, open, onOpenChange }: RenameRunProps) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const cache = useQueryClient();
  const form = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const name = (typed ?? run.name).trim();
  const rename = useMutation({
    mutationFn: () => client.experiments.updateRun.mutate({ project, runId: run.id, name }),
    onSuccess: async () => {
      onOpenChange(false);
      setTyped(null);
      await cache.invalidateQueries({ queryKey: trpc.experiments.getRun.queryKey({ project, runId: run.id }) });
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (name !== "" && !rename.isPending) rename.mutate();
  }

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Rename ${run.name}`}
      size="sm"
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" disabled={name === "" || name === run.name} pending={rename.isPending}>
            Rename
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit}>
        <Field label="Name" error={rename.error ? messageOf(rename.error) : undefined} required>
          {(control) => <Input {...control} autoComplete="off" maxLength={500} value={typed ?? run.name} onChange={(event) => setTyped(event.target.value)} />}
        </Field>
      </form>
    </Dialog>
  );
}
