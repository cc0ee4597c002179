"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { notify } from "@/components/ui/feedback/notify";
import { formatCount } from "@/components/ui/format/format-number";
import { ConfirmDialog } from "@/components/ui/overlays/confirm-dialog";
import { messageOf } from "../failure";
import { type AtWork, atWorkOf, RunningChoice, type WhatWithRunning } from "../running-choice";

export type DeleteExperimentProps = {
  project: string;
  experiment: { no: number; name: string; runCount: number };
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onDone?: () => void;
};

export function useRestoreExperiment(project: string) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (experimentNo: number) => client.experiments.restoreExperiment.mutate({ project, experimentNo }),
    onSuccess: (restored) => notify.success(`${restored.name} restored`),
    onError: (error) => notify.error("Not restored", { description: messageOf(error) }),
    onSettled: () => cache.invalidateQueries({ queryKey: trpc.experiments.pathKey() }),
  });
}

export function DeleteExperiment({ project, experiment, open, onOpenChange, onDone }: DeleteExperimentProps) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const cache = useQueryClient();
  const restore = useRestoreExperiment(project);
  const [running, setRunning] = useState<WhatWithRunning | null>(null);
  const [atWork, setAtWork] = useState<AtWork | null>(null);
  const change = (next: boolean) => {
    setRunning(null);
    setAtWork(null);
    onOpenChange(next);
  };
  const remove = useMutation({
    mutationFn: () => client.experiments.deleteExperiment.mutate({ project, experimentNo: experiment.no, running }),
    onError: (error) => setAtWork(atWorkOf(error) ?? atWork),
    onSuccess: async () => {
      notify.success(`${experiment.name} deleted`, { action: { label: "Undo", onClick: () => restore.mutate(experiment.no) } });
      change(false);
      onDone?.();
      await cache.invalidateQueries({ queryKey: trpc.experiments.pathKey() });
    },
  });
  const runs = experiment.runCount === 1 ? "Its run stays" : `Its ${formatCount(experiment.runCount)} runs stay`;
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={change}
      verb="Delete"
      name={experiment.name}
      consequence={`${runs} with it, and it can be restored from the list of deleted experiments.`}
      danger
      error={remove.error && !atWorkOf(remove.error) ? messageOf(remove.error) : undefined}
      ready={atWork === null || running !== null}
      onConfirm={() => remove.mutateAsync().then(() => undefined, () => undefined)}
    >
      {atWork && <RunningChoice atWork={atWork} value={running} onChange={setRunning} />}
    </ConfirmDialog>
  );
}
