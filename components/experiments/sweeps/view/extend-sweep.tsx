"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { fieldOf, fieldWords } from "@/components/trpc/field-of";
import { Button } from "@/components/ui/actions/button";
import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import { Dialog } from "@/components/ui/overlays/dialog";
import type { SweepDialogProps } from "./stop-sweep";

export function ExtendSweep({ project, sweep, open, onOpenChange }: SweepDialogProps) {
  const trpc = useTRPC();
  const cache = useQueryClient();
  const form = useId();
  const { budget, parallelism } = sweep.spec;
  const [typed, setTyped] = useState({ runs: String(budget.runs), hours: budget.hours === null ? "" : String(budget.hours), cost: budget.cost === null ? "" : String(budget.cost), parallelism: String(parallelism) });
  const extend = useMutation(
    trpc.experiments.extendSweep.mutationOptions({
      onSuccess: async () => {
        await cache.invalidateQueries({ queryKey: trpc.experiments.getSweep.queryKey({ project, sweepId: sweep.id }) });
        onOpenChange(false);
      },
    }),
  );
  const refused = fieldOf(extend.error);
  const errorAt = (field: string) => (extend.error && refused === field ? fieldWords(extend.error) : undefined);
  const isElsewhere = extend.error && !["runs", "hours", "cost", "parallelism"].includes(refused ?? "");

  function submit(event: FormEvent) {
    event.preventDefault();
    if (extend.isPending) return;
    const limit = (text: string) => (text.trim() === "" ? null : Number(text));
    extend.mutate({ project, sweepId: sweep.id, runs: Number(typed.runs), hours: limit(typed.hours), cost: limit(typed.cost), parallelism: Number(typed.parallelism) });
  }

  const input = (name: keyof typeof typed, label: string, help: string, step: string) => (
    <Field label={label} help={help} error={errorAt(name)} optional={name === "hours" || name === "cost"}>
      {(control) => <Input {...control} type="number" min={0} step={step} className="max-w-40" value={typed[name]} onChange={(event) => setTyped({ ...typed, [name]: event.target.value })} />}
    </Field>
  );
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Extend ${sweep.name}`}
      description={sweep.state === "finished" ? "With more to do it goes on where it ended." : "The new totals count from the next launch on."}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Keep it</Button>
          <Button type="submit" form={form} variant="primary" pending={extend.isPending}>
            Extend
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} noValidate className="grid gap-4">
        {input("runs", "Runs", "In all, those that are done included.", "1")}
        {input("hours", "Hours", "Of all its runs’ time together; left empty, there is no limit.", "any")}
        {sweep.cost && input("cost", `Cost in ${sweep.cost.currency}`, "Of all its runs together; left empty, there is no limit.", "any")}
        {input("parallelism", "At once", "How many runs are under way at the same time.", "1")}
        {isElsewhere && (
          <p role="alert" className="text-failed text-label">
            {extend.error?.message}
          </p>
        )}
      </form>
    </Dialog>
  );
}
