"use client";

import { Ellipsis, Pencil, RotateCcw, Trash2 } from "lucide-react";
import { useState } from "react";
import { IconButton } from "@/components/ui/actions/icon-button";
import { Menu } from "@/components/ui/overlays/menu";
import type { ExperimentView } from "@/server/domains/experiments/contract/experiment";
import { DeleteExperiment, useRestoreExperiment } from "./delete-experiment";
import { NameExperiment } from "./name-experiment";

export function ExperimentMenu({ project, experiment }: { project: string; experiment: ExperimentView }) {
  const [open, setOpen] = useState<"rename" | "delete" | null>(null);
  const restore = useRestoreExperiment(project);
  const close = (next: boolean) => setOpen(next ? open : null);
  if (experiment.no === 0) return null;
  if (experiment.lifecycleStage === "deleted")
    return <IconButton label={`Restore ${experiment.name}`} icon={<RotateCcw />} size="sm" disabled={restore.isPending} onClick={() => restore.mutate(experiment.no)} />;
  return (
    <>
      <Menu
        label={`Actions on ${experiment.name}`}
        align="end"
        trigger={<IconButton label={`Actions on ${experiment.name}`} icon={<Ellipsis />} size="sm" />}
        items={[
          { label: "Rename", icon: <Pencil />, onSelect: () => setOpen("rename") },
          { label: "Delete", icon: <Trash2 />, danger: true, onSelect: () => setOpen("delete") },
        ]}
      />
      <NameExperiment project={project} experiment={experiment} open={open === "rename"} onOpenChange={close} />
      <DeleteExperiment project={project} experiment={experiment} open={open === "delete"} onOpenChange={close} />
    </>
  );
}
