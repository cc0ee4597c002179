"use client";

import { ConfirmDialog } from "@/components/ui/overlays/confirm-dialog";
import { messageOf } from "../failure";
import { useRunChanges } from "./use-run-changes";

export type DeleteRunsProps = {
  project: string;
  runs: readonly { id: string; name: string }[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onDone: () => void;
};

export function DeleteRuns({ project, runs, open, onOpenChange, onDone }: DeleteRunsProps) {
  const { deleteRuns } = useRunChanges(project);
  const name = runs.length === 1 ? (runs[0]?.name ?? "the run") : `${runs.length} runs`;

  async function confirm() {
    try {
      await deleteRuns.mutateAsync(runs.map((run) => run.id));
      onOpenChange(false);
      onDone();
    } catch {
      // The dialog stays open and says why.
    }
  }

  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      verb="Delete"
      name={name}
      consequence="Metrics, artifacts and models stay where they are. Deleted runs can be restored from the list of deleted ones."
      danger
      error={deleteRuns.error ? messageOf(deleteRuns.error) : undefined}
      onConfirm={confirm}
    />
  );
}
