"use client";

import { Box, Copy, Ellipsis, GitCompareArrows, Pencil, RotateCcw, Square, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button, ButtonLink } from "@/components/ui/actions/button";
import { IconButton } from "@/components/ui/actions/icon-button";
import { Menu, type MenuEntry } from "@/components/ui/overlays/menu";
import { Popover } from "@/components/ui/overlays/popover";
import { CodeBlock } from "@/components/ui/text/code-block";
import type { RunDetail } from "@/server/domains/experiments/contract/run";
import { DeleteRuns } from "../runs/delete-runs";
import { useRunChanges } from "../runs/use-run-changes";
import { cloneHref, hexOf, isOpen } from "../run-identity";
import { useCanWrite } from "../use-can-write";
import { RenameRun } from "./rename-run";
import { StopRun } from "./stop-run";

export type RunActionsProps = { project: string; run: RunDetail };

export function RunActions({ project, run }: RunActionsProps) {
  const canWrite = useCanWrite(project);
  const router = useRouter();
  const { restoreRuns } = useRunChanges(project);
  const [open, setOpen] = useState<"rename" | "delete" | "stop" | null>(null);
  const dialog = (name: "rename" | "delete" | "stop") => ({ open: open === name, onOpenChange: (next: boolean) => setOpen(next ? name : null) });
  const clone = cloneHref(project, run);
  const siblings = `/${project}/experiments/${run.experimentNo}?base=${hexOf(run.id)}`;
  const [model] = run.outputs;

  const items: MenuEntry[] = [
    { label: "Hold others against it", icon: <GitCompareArrows />, href: siblings },
    ...(canWrite
      ? ([
          { label: "Rename", icon: <Pencil />, onSelect: () => setOpen("rename") },
          ...(run.lifecycleStage === "deleted" ? [] : [{ label: "Delete", icon: <Trash2 />, danger: true, onSelect: () => setOpen("delete") }]),
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
        <Button icon={<RotateCcw />} pending={restoreRuns.isPending} onClick={() => restoreRuns.mutate([run.id])}>
          Restore
        </Button>
      )}
      {model && <RegisterHint modelId={model.modelId} />}
      {canWrite && clone && (
        <ButtonLink href={clone} icon={<Copy aria-hidden />}>
          Clone and edit
        </ButtonLink>
      )}
      <Menu label="More actions" align="end" trigger={<IconButton label="More actions" icon={<Ellipsis />} bordered />} items={items} />
      <RenameRun project={project} run={run} {...dialog("rename")} />
      <StopRun project={project} run={run} {...dialog("stop")} />
      <DeleteRuns project={project} runs={[run]} {...dialog("delete")} onDone={() => router.push(`/${project}/experiments/${run.experimentNo}`)} />
    </>
  );
}

/** Registering is a word of the client's: the line to paste, with this model's id. */
function RegisterHint({ modelId }: { modelId: string }) {
  return (
    <Popover label="Register the model" align="end" className="w-96" trigger={<Button icon={<Box />}>Register</Button>}>
      <p className="mb-2 text-table">
        This run logged a model. Registering gives it a name and a version, which evaluations, promotions and serving then use.
      </p>
      <CodeBlock title="Python" wrap code={`import mlflow\nmlflow.register_model("models:/${modelId}", "my-model")`} />
    </Popover>
  );
}
