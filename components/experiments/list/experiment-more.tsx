"use client";

import { Ellipsis, Pencil, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { IconButton } from "@/components/ui/actions/icon-button";
import { Menu } from "@/components/ui/overlays/menu";

const NameExperiment = dynamic(() => import("./name-experiment").then((module) => module.NameExperiment), { ssr: false });
const DeleteExperiment = dynamic(() => import("./delete-experiment").then((module) => module.DeleteExperiment), { ssr: false });

export type ExperimentMoreProps = { project: string; experiment: { no: number; name: string; runCount: number } };

/** What is seldom done with an experiment. */
export function ExperimentMore({ project, experiment }: ExperimentMoreProps) {
  const router = useRouter();
  const [open, setOpen] = useState<"rename" | "delete" | null>(null);
  const close = (next: boolean) => setOpen(next ? open : null);
  return (
    <>
      <Menu
        label="More actions"
        align="end"
        trigger={<IconButton label="More actions" icon={<Ellipsis />} bordered />}
        items={[
          { label: "Rename", icon: <Pencil />, onSelect: () => setOpen("rename") },
          { label: "Delete", icon: <Trash2 />, danger: true, onSelect: () => setOpen("delete") },
        ]}
      />
      {open === "rename" && <NameExperiment project={project} experiment={experiment} open onOpenChange={close} />}
      {open === "delete" && <DeleteExperiment project={project} experiment={experiment} open onOpenChange={close} onDone={() => router.push(`/${project}/experiments`)} />}
    </>
  );
}
