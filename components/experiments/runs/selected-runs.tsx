"use client";

import { Copy, Pin, RotateCcw, Tag, Trash2 } from "lucide-react";
import { useState } from "react";
import { useMay } from "@/components/trpc/use-may";
import { Button, ButtonLink } from "@/components/ui/actions/button";
import type { RunView } from "@/server/domains/experiments/contract/run";
import type { ChosenRuns } from "@/server/domains/experiments/contract/run-table";
import { CompareButton } from "../compare/compare-button";
import { cloneHref } from "../run-identity";
import { DeleteRuns } from "./delete-runs";
import type { RunsView } from "./runs-query";
import { TagRuns } from "./tag-runs";
import { useRunChanges } from "./use-run-changes";

export type SelectedRunsProps = {
  project: string;
  ids: readonly string[];
  /** All that a search finds, of which only some are loaded, in place of the ids. */
  everything?: { chosen: ChosenRuns; count: number } | null;
  rows: readonly RunView[];
  view: RunsView;
  baseline: RunView | null;
  onPin: (runId: string) => void;
  onDone: () => void;
};

/** What can be done with the chosen runs. */
export function SelectedRuns({ project, ids, everything, rows, view, baseline, onPin, onDone }: SelectedRunsProps) {
  const canWrite = useMay(project, "member");
  const [open, setOpen] = useState<"tag" | "delete" | null>(null);
  const { restoreRuns } = useRunChanges(project);
  const [first] = ids;
  const single = ids.length === 1 ? rows.find((row) => row.id === first) : undefined;
  const clone = single && cloneHref(project, single);
  const chosen = everything?.chosen ?? { runIds: [...ids] };
  const count = everything?.count ?? ids.length;

  if (view === "deleted")
    return (
      <Button
        icon={<RotateCcw />}
        disabled={!canWrite}
        pending={restoreRuns.isPending}
        onClick={() => restoreRuns.mutate(chosen, { onSuccess: onDone })}
      >
        Restore
      </Button>
    );
  return (
    <>
      <CompareButton project={project} chosen={chosen} count={count} baseline={baseline?.id} />
      {first && count === 1 && (
        <Button icon={<Pin />} onClick={() => onPin(first)}>
          Pin as baseline
        </Button>
      )}
      {canWrite && (
        <>
          <Button icon={<Tag />} onClick={() => setOpen("tag")}>
            Tag
          </Button>
          {clone && !everything && (
            <ButtonLink href={clone} icon={<Copy aria-hidden />}>
              Clone
            </ButtonLink>
          )}
          <Button variant="danger" icon={<Trash2 />} onClick={() => setOpen("delete")}>
            Delete
          </Button>
        </>
      )}
      <TagRuns
        project={project}
        chosen={chosen}
        count={count}
        open={open === "tag"}
        onOpenChange={(next) => setOpen(next ? "tag" : null)}
      />
      <DeleteRuns
        project={project}
        chosen={chosen}
        count={count}
        name={single?.name}
        open={open === "delete"}
        onOpenChange={(next) => setOpen(next ? "delete" : null)}
        onDone={onDone}
      />
    </>
  );
}
