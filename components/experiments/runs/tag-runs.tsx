"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useTRPCClient } from "@/components/trpc/client";
import { Button } from "@/components/ui/actions/button";
import { notify } from "@/components/ui/feedback/notify";
import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import { Dialog } from "@/components/ui/overlays/dialog";
import { messageOf } from "../failure";
import { runsPrefix } from "./runs-query";

export type TagRunsProps = { project: string; ids: readonly string[]; open: boolean; onOpenChange: (open: boolean) => void };

/** One tag on all chosen runs; a tag of that name is overwritten. */
export function TagRuns({ project, ids, open, onOpenChange }: TagRunsProps) {
  const client = useTRPCClient();
  const cache = useQueryClient();
  const form = useId();
  const [key, setKey] = useState("");
  const [value, setValue] = useState("");
  const tag = useMutation({
    mutationFn: () => Promise.all(ids.map((runId) => client.experiments.logBatch.mutate({ project, runId, tags: [{ key: key.trim(), value }] }))),
    onSuccess: async () => {
      notify.success(`${ids.length === 1 ? "The run" : `${ids.length} runs`} tagged ${key.trim()}: ${value}`);
      onOpenChange(false);
      await cache.invalidateQueries({ queryKey: runsPrefix(project) });
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (key.trim() !== "" && !tag.isPending) tag.mutate();
  }

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={ids.length === 1 ? "Tag the run" : `Tag ${ids.length} runs`}
      size="sm"
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" disabled={key.trim() === ""} pending={tag.isPending}>
            Tag
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="grid gap-3">
        <Field label="Key" required error={tag.error ? messageOf(tag.error) : undefined}>
          {(control) => <Input {...control} autoComplete="off" placeholder="stage" value={key} onChange={(event) => setKey(event.target.value)} />}
        </Field>
        <Field label="Value" optional>
          {(control) => <Input {...control} autoComplete="off" placeholder="candidate" value={value} onChange={(event) => setValue(event.target.value)} />}
        </Field>
      </form>
    </Dialog>
  );
}
