"use client";

import { Copy, Pin, RotateCcw, Tag, Trash2 } from "lucide-react";
import { useState } from "react";
import { useMay } from "@/components/trpc/use-may";
import { Button, ButtonLink } from "@/components/ui/actions/button";
import type { RunView } from "@/server/domains/experiments/contract/run";
import { CompareButton } from "../compare/compare-button";
import { cloneHref } from "../run-identity";
import { DeleteRuns } from "./delete-runs";
import type { RunsView } from "./runs-query";
import { TagRuns } from "./tag-runs";
import { useRunChanges } from "./use-run-changes";

export type SelectedRunsProps = {
  project: string;
  ids: readonly string[];
  rows: readonly RunView[];
  view: RunsView;
  baseline: RunView | null;
  onPin: (runId: string) => void;
  onDone: () => void;
};

/** What can be done with the chosen runs. */
export function SelectedRuns({ project, ids, rows, view, baseline, onPin, onDone }: SelectedRunsProps) {
  const canWrite = useMay(project, "member");
  const [open, setOpen] = useState<"tag" | "delete" | null>(null);
  const { restoreRuns } = useRunChanges(project);
  const [first] = ids;
  const single = ids.length === 1 ? rows.find((row) => row.id === first) : undefined;
  const clone = single && cloneHref(project, single);

  if (view === "deleted")
    return (
      <Button
        icon={<RotateCcw />}
        disabled={!canWrite}
        pending={restoreRuns.isPending}
        onClick={() => restoreRuns.mutate([...ids], { onSuccess: onDone })}
      >
        Restore
      </Button>
    );
  return (
    <>
      <CompareButton project={project} runIds={ids} baseline={baseline?.id} />
      {first && ids.length === 1 && (
        <Button icon={<Pin />} onClick={() => onPin(first)}>
          Pin as baseline
        </Button>
      )}
      {canWrite && (
        <>
          <Button icon={<Tag />} onClick={() => setOpen("tag")}>
            Tag
          </Button>
          {clone && (
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
        ids={ids}
        open={open === "tag"}
        onOpenChange={(next) => setOpen(next ? "tag" : null)}
      />
      <DeleteRuns
        project={project}
        runs={ids.map((id) => ({ id, name: rows.find((row) => row.id === id)?.name ?? "a run" }))}
        open={open === "delete"}
        onOpenChange={(next) => setOpen(next ? "delete" : null)}
        onDone={onDone}
      />
    </>
  );
}
