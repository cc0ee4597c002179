"use client";

import { ConfirmDialog } from "@/components/ui/overlays/confirm-dialog";
import type { RunDetail } from "@/server/domains/experiments/contract/run";
import { messageOf } from "../failure";
import { useRunChange } from "./use-run-change";

export type StopRunProps = { project: string; run: RunDetail; open: boolean; onOpenChange: (open: boolean) => void };

/** A launched run is stopped through its job; of one that runs elsewhere, only the record can be closed. */
export function StopRun({ project, run, open, onOpenChange }: StopRunProps) {
  const isLaunched = run.jobId !== null;
  const ref = { project, runId: run.id };
  const stop = useRunChange<unknown>(
    ref,
    (client) => (isLaunched ? client.experiments.cancelRun.mutate(ref) : client.experiments.updateRun.mutate({ ...ref, status: "KILLED", endTime: Date.now() })),
    () => (isLaunched ? "Stopping; the job is told to end" : "Marked as stopped"),
    () => onOpenChange(false),
  );
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
