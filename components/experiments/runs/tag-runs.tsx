"use client";

import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/ui/actions/button";
import { formatCount } from "@/components/ui/format/format-number";
import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import { Dialog } from "@/components/ui/overlays/dialog";
import type { ChosenRuns } from "@/server/domains/experiments/contract/run-table";
import { messageOf } from "../failure";
import { useRunChanges } from "./use-run-changes";

export type TagRunsProps = { project: string; chosen: ChosenRuns; count: number; open: boolean; onOpenChange: (open: boolean) => void };

/** One tag on all chosen runs; a tag of that name is overwritten. */
export function TagRuns({ project, chosen, count, open, onOpenChange }: TagRunsProps) {
  const form = useId();
  const [key, setKey] = useState("");
  const [value, setValue] = useState("");
  const { tagRuns: tag } = useRunChanges(project);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (key.trim() !== "" && !tag.isPending) tag.mutate({ chosen, tag: { key: key.trim(), value } }, { onSuccess: () => onOpenChange(false) });
  }

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={count === 1 ? "Tag the run" : `Tag ${formatCount(count)} runs`}
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
