"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { notify } from "@/components/ui/feedback/notify";
import { ConfirmDialog } from "@/components/ui/overlays/confirm-dialog";
import type { RunDetail } from "@/server/domains/experiments/contract/run";
import { messageOf } from "../failure";

export type StopRunProps = { project: string; run: RunDetail; open: boolean; onOpenChange: (open: boolean) => void };

/** A launched run is stopped through its job; of one that runs elsewhere, only the record can be closed. */
export function StopRun({ project, run, open, onOpenChange }: StopRunProps) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const cache = useQueryClient();
  const isLaunched = run.jobId !== null;
  const stop = useMutation({
    mutationFn: async () => {
      if (isLaunched) await client.experiments.cancelRun.mutate({ project, runId: run.id });
      else await client.experiments.updateRun.mutate({ project, runId: run.id, status: "KILLED", endTime: Date.now() });
    },
    onSuccess: async () => {
      notify.success(isLaunched ? "Stopping; the job is told to end" : "Marked as stopped");
      onOpenChange(false);
      await cache.invalidateQueries({ queryKey: trpc.experiments.getRun.queryKey({ project, runId: run.id }) });
    },
  });
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      verb="Stop"
      name={run.name}
      consequence={
        isLaunched
          ? "Its job is told to end. What it has logged so far is kept; it can be cloned and launched again."
          : "It was started outside Slipway, so its script runs on until you end it there; here the run is closed."
      }
      danger
      error={stop.error ? messageOf(stop.error) : undefined}
      onConfirm={() => stop.mutateAsync().then(() => undefined, () => undefined)}
    />
  );
}
