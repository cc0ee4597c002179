"use client";

import { ConfirmDialog } from "@/components/ui/overlays/confirm-dialog";
import { formatCount } from "@/components/ui/format/format-number";
import type { ChosenRuns } from "@/server/domains/experiments/contract/run-table";
import { messageOf } from "../failure";
import { useRunChanges } from "./use-run-changes";

export type DeleteRunsProps = {
  project: string;
  chosen: ChosenRuns;
  count: number;
  /** Of the only one. */
  name?: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onDone: () => void;
};

export function DeleteRuns({ project, chosen, count, name, open, onOpenChange, onDone }: DeleteRunsProps) {
  const { deleteRuns } = useRunChanges(project);

  async function confirm() {
    try {
      await deleteRuns.mutateAsync(chosen);
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
      name={count === 1 ? (name ?? "the run") : `${formatCount(count)} runs`}
      consequence="Metrics, artifacts and models stay where they are. Deleted runs can be restored from the list of deleted ones."
      danger
      error={deleteRuns.error ? messageOf(deleteRuns.error) : undefined}
      onConfirm={confirm}
    />
  );
}
