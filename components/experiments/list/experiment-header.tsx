"use client";

import { useQuery } from "@tanstack/react-query";
import { Ellipsis, Pencil, Rocket, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { PageCrumbs } from "@/components/shell/crumbs/page-crumbs";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { useMay } from "@/components/trpc/use-may";
import { ButtonLink } from "@/components/ui/actions/button";
import { IconButton } from "@/components/ui/actions/icon-button";
import { Badge } from "@/components/ui/feedback/badge";
import { PageHeader } from "@/components/ui/layout/page-header";
import { Tabs } from "@/components/ui/layout/tabs";
import { Menu } from "@/components/ui/overlays/menu";

const NameExperiment = dynamic(() => import("./name-experiment").then((module) => module.NameExperiment), { ssr: false });
const DeleteExperiment = dynamic(() => import("./delete-experiment").then((module) => module.DeleteExperiment), { ssr: false });

export type ExperimentHeaderProps = { project: string; experimentNo: number; tab?: "runs" | "sweeps" };

export function ExperimentHeader({ project, experimentNo, tab = "runs" }: ExperimentHeaderProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const canWrite = useMay(project, "member");
  const [open, setOpen] = useState<"rename" | "delete" | null>(null);
  const asked = trpc.experiments.getExperiment.queryOptions({ project, experimentNo });
  const { data: experiment } = useQuery(asked);
  useLive(["experiments"], [asked.queryKey]);
  if (!experiment) return null;
  const isDefault = experiment.no === 0;
  const close = (next: boolean) => setOpen(next ? open : null);
  const own = `/${project}/experiments/${experiment.no}`;
  const tabs = [
    { key: "runs", label: "Runs", href: own },
    { key: "sweeps", label: "Sweeps", href: `${own}/sweeps` },
  ];
  return (
    <>
      <PageCrumbs crumbs={tab === "runs" ? [{ label: experiment.name }] : [{ label: experiment.name, href: own }, { label: "Sweeps" }]} />
      <PageHeader
        title={experiment.name}
        tabs={<Tabs label="Parts of the experiment" current={tab} tabs={tabs} />}
        state={experiment.lifecycleStage === "deleted" ? <Badge tone="cancelled">deleted</Badge> : undefined}
        actions={
          canWrite && (
            <>
              <ButtonLink href={`/${project}/experiments/launch`} variant="primary" icon={<Rocket aria-hidden />}>
                Launch
              </ButtonLink>
              {!isDefault && (
                <Menu
                  label="More actions"
                  align="end"
                  trigger={<IconButton label="More actions" icon={<Ellipsis />} bordered />}
                  items={[
                    { label: "Rename", icon: <Pencil />, onSelect: () => setOpen("rename") },
                    { label: "Delete", icon: <Trash2 />, danger: true, onSelect: () => setOpen("delete") },
                  ]}
                />
              )}
            </>
          )
        }
      />
      {open === "rename" && <NameExperiment project={project} experiment={experiment} open onOpenChange={close} />}
      {open === "delete" && (
        <DeleteExperiment
          project={project}
          experiment={experiment}
          open
          onOpenChange={close}
          onDone={() => router.push(`/${project}/experiments`)}
        />
      )}
    </>
  );
}
