"use client";

import { Copy, Ellipsis, GitCompareArrows, Pencil, RotateCcw, Square, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { useMay } from "@/components/trpc/use-may";
import { Button, ButtonLink } from "@/components/ui/actions/button";
import { IconButton } from "@/components/ui/actions/icon-button";
import { Menu, type MenuEntry } from "@/components/ui/overlays/menu";
import type { RunDetail } from "@/server/domains/experiments/contract/run";
import { cloneHref, hexOf, isOpen } from "../run-identity";
import { DeleteRuns } from "../runs/delete-runs";
import { useRunChanges } from "../runs/use-run-changes";
import { RenameRun } from "./rename-run";
import { StopRun } from "./stop-run";

/** `modelActions`: what other domains do with the model that the run logged. */
export type RunActionsProps = { project: string; run: RunDetail; modelActions?: ReactNode };

export function RunActions({ project, run, modelActions }: RunActionsProps) {
  const canWrite = useMay(project, "member");
  const router = useRouter();
  const { restoreRuns } = useRunChanges(project);
  const [open, setOpen] = useState<"rename" | "delete" | "stop" | null>(null);
  const dialog = (name: "rename" | "delete" | "stop") => ({
    open: open === name,
    onOpenChange: (next: boolean) => setOpen(next ? name : null),
  });
  const clone = cloneHref(project, run);
  const siblings = `/${project}/experiments/${run.experimentNo}?base=${hexOf(run.id)}`;

  const items: MenuEntry[] = [
    { label: "Hold others against it", icon: <GitCompareArrows />, href: siblings },
    ...(canWrite
      ? ([
          { label: "Rename", icon: <Pencil />, onSelect: () => setOpen("rename") },
          ...(run.lifecycleStage === "deleted"
            ? []
            : [{ label: "Delete", icon: <Trash2 />, danger: true, onSelect: () => setOpen("delete") }]),
        ] satisfies MenuEntry[])
      : []),
  ];

  return (
    <>
      {canWrite && isOpen(run.status) && (
        <Button icon={<Square />} onClick={() => setOpen("stop")}>
          Stop
        </Button>
      )}
      {canWrite && run.lifecycleStage === "deleted" && (
        <Button icon={<RotateCcw />} pending={restoreRuns.isPending} onClick={() => restoreRuns.mutate({ runIds: [run.id] })}>
          Restore
        </Button>
      )}
      {modelActions}
      {canWrite && clone && (
        <ButtonLink href={clone} icon={<Copy aria-hidden />}>
          Clone and edit
        </ButtonLink>
      )}
      <Menu
        label="More actions"
        align="end"
        trigger={<IconButton label="More actions" icon={<Ellipsis />} bordered />}
        items={items}
      />
      <RenameRun project={project} run={run} {...dialog("rename")} />
      <StopRun project={project} run={run} {...dialog("stop")} />
      <DeleteRuns
        project={project}
        chosen={{ runIds: [run.id] }} count={1} name={run.name}
        {...dialog("delete")}
        onDone={() => router.push(`/${project}/experiments/${run.experimentNo}`)}
      />
    </>
  );
}
