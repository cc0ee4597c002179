"use client";

import { useQuery } from "@tanstack/react-query";
import { Copy, Ellipsis, GitCompareArrows, Pencil, Play, Repeat, RotateCcw, Square, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useMay } from "@/components/trpc/use-may";
import { Button, ButtonLink } from "@/components/ui/actions/button";
import { IconButton } from "@/components/ui/actions/icon-button";
import { Menu, type MenuEntry } from "@/components/ui/overlays/menu";
import type { Checkpoint } from "@/server/domains/experiments/contract/again/resume-repeat";
import type { RunDetail } from "@/server/domains/experiments/contract/run";
import { cloneHref, hexOf, isOpen } from "../run-identity";
import { DeleteRuns } from "../runs/delete-runs";
import { useRunChanges } from "../runs/use-run-changes";
import { RenameRun } from "./rename-run";
import { StopRun } from "./stop-run";

/** Seldom asked for: their code comes with the first use. */
const ResumeRun = dynamic(() => import("./again/resume-run").then((module) => module.ResumeRun), { ssr: false });
const RepeatRun = dynamic(() => import("./again/repeat-run").then((module) => module.RepeatRun), { ssr: false });

/** `modelActions`: what other domains do with the model that the run logged. */
export type RunActionsProps = { project: string; run: RunDetail; modelActions?: ReactNode };

type Asked = "rename" | "delete" | "stop" | "resume" | "repeat";

/** A launched run that did not finish can go on where it logged a checkpoint. */
function useCheckpoints(project: string, run: RunDetail, canWrite: boolean): Checkpoint[] {
  const trpc = useTRPC();
  const mayResume = canWrite && run.jobId !== null && run.lifecycleStage === "active" && (run.status === "FAILED" || run.status === "KILLED");
  const { data } = useQuery(trpc.experiments.listCheckpoints.queryOptions({ project, runId: run.id }, { enabled: mayResume }));
  return mayResume ? (data ?? []) : [];
}

export function RunActions({ project, run, modelActions }: RunActionsProps) {
  const canWrite = useMay(project, "member");
  const router = useRouter();
  const { restoreRuns } = useRunChanges(project);
  const [open, setOpen] = useState<Asked | null>(null);
  const dialog = (name: Asked) => ({
    open: open === name,
    onOpenChange: (next: boolean) => setOpen(next ? name : null),
  });
  const clone = cloneHref(project, run);
  const checkpoints = useCheckpoints(project, run, canWrite);
  const siblings = `/${project}/experiments/${run.experimentNo}?base=${hexOf(run.id)}`;

  const items: MenuEntry[] = [
    { label: "Hold others against it", icon: <GitCompareArrows />, href: siblings },
    ...(canWrite
      ? ([
          ...(isOpen(run.status) ? [] : [{ label: "Run again exactly", icon: <Repeat />, onSelect: () => setOpen("repeat") }]),
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
      {checkpoints.length > 0 && (
        <Button icon={<Play />} onClick={() => setOpen("resume")}>
          Resume
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
      {open === "resume" && <ResumeRun project={project} run={run} checkpoints={checkpoints} {...dialog("resume")} />}
      {open === "repeat" && <RepeatRun project={project} run={run} {...dialog("repeat")} />}
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
