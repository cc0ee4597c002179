"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { Button } from "@/components/ui/actions/button";
import { notify } from "@/components/ui/feedback/notify";
import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import { Dialog } from "@/components/ui/overlays/dialog";
import { messageOf } from "../failure";

export type NameExperimentProps = {
  project: string;
  /** The one to rename; without it a new one is created. */
  experiment?: { no: number; name: string };
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** Gives a new experiment its name, or an old one a new name. */
export function NameExperiment({ project, experiment, open, onOpenChange }: NameExperimentProps) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const cache = useQueryClient();
  const router = useRouter();
  const form = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const name = (typed ?? experiment?.name ?? "").trim();

  const save = useMutation({
    mutationFn: () =>
      experiment
        ? client.experiments.renameExperiment.mutate({ project, experimentNo: experiment.no, name })
        : client.experiments.createExperiment.mutate({ project, name }),
    onSuccess: async (saved) => {
      notify.success(experiment ? `Renamed to ${saved.name}` : `${saved.name} created`);
      change(false);
      await cache.invalidateQueries({ queryKey: trpc.experiments.pathKey() });
      if (!experiment) router.push(`/${project}/experiments/${saved.no}`);
    },
  });

  function change(next: boolean) {
    if (!next) {
      setTyped(null);
      save.reset();
    }
    onOpenChange(next);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (name !== "" && !save.isPending) save.mutate();
  }

  const verb = experiment ? "Rename" : "Create";
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={experiment ? `Rename ${experiment.name}` : "Create an experiment"}
      size="sm"
      footer={
        <>
          <Button onClick={() => change(false)}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" disabled={name === "" || name === experiment?.name} pending={save.isPending}>
            {verb}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit}>
        <Field label="Name" help="Scripts choose it by this name: mlflow.set_experiment(…)." error={save.error ? messageOf(save.error) : undefined} required>
          {(control) => (
            <Input {...control} autoComplete="off" maxLength={500} placeholder="delay-search" value={typed ?? experiment?.name ?? ""} onChange={(event) => setTyped(event.target.value)} />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
