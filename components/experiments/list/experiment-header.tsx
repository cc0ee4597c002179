"use client";

import { useQuery } from "@tanstack/react-query";
import { Rocket } from "lucide-react";
import dynamic from "next/dynamic";
import { PageCrumbs } from "@/components/shell/crumbs/page-crumbs";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { useMay } from "@/components/trpc/use-may";
import { ButtonLink } from "@/components/ui/actions/button";
import { Badge } from "@/components/ui/feedback/badge";
import { PageHeader } from "@/components/ui/layout/page-header";
import { Tabs } from "@/components/ui/layout/tabs";

/** The first one of a project has none of it. */
const ExperimentMore = dynamic(() => import("./experiment-more").then((module) => module.ExperimentMore), { loading: () => <span className="size-8" /> });

export type ExperimentHeaderProps = { project: string; experimentNo: number; tab?: "runs" | "sweeps" };

export function ExperimentHeader({ project, experimentNo, tab = "runs" }: ExperimentHeaderProps) {
  const trpc = useTRPC();
  const canWrite = useMay(project, "member");
  const asked = trpc.experiments.getExperiment.queryOptions({ project, experimentNo });
  const { data: experiment } = useQuery(asked);
  useLive(["experiments"], [asked.queryKey]);
  if (!experiment) return null;
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
              {experiment.no !== 0 && <ExperimentMore project={project} experiment={experiment} />}
            </>
          )
        }
      />
    </>
  );
}
