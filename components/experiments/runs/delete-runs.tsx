"use client";

import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/overlays/confirm-dialog";
import { formatCount } from "@/components/ui/format/format-number";
import type { ChosenRuns } from "@/server/domains/experiments/contract/run-table";
import { messageOf } from "../failure";
import { type AtWork, atWorkOf, RunningChoice, type WhatWithRunning } from "../running-choice";
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
  const [running, setRunning] = useState<WhatWithRunning | null>(null);
  const [atWork, setAtWork] = useState<AtWork | null>(null);

  function change(next: boolean) {
    setRunning(null);
    setAtWork(null);
    onOpenChange(next);
  }

  async function confirm() {
    try {
      await deleteRuns.mutateAsync({ chosen, running });
      change(false);
      onDone();
    } catch (error) {
      // The dialog stays open and says why, or asks what it was refused for.
      setAtWork(atWorkOf(error) ?? atWork);
    }
  }

  return (
    <ConfirmDialog
      open={open}
      onOpenChange={change}
      verb="Delete"
      name={count === 1 ? (name ?? "the run") : `${formatCount(count)} runs`}
      consequence="Metrics, artifacts and models stay where they are. Deleted runs can be restored from the list of deleted ones."
      danger
      error={deleteRuns.error && !atWorkOf(deleteRuns.error) ? messageOf(deleteRuns.error) : undefined}
      ready={atWork === null || running !== null}
      onConfirm={confirm}
    >
      {atWork && <RunningChoice atWork={atWork} value={running} onChange={setRunning} />}
    </ConfirmDialog>
  );
}
