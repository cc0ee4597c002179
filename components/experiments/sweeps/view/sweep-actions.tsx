"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Maximize2, Play, SlidersHorizontal, Square } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useMay } from "@/components/trpc/use-may";
import { Button, ButtonLink } from "@/components/ui/actions/button";
import { notify } from "@/components/ui/feedback/notify";
import type { SweepView } from "@/server/domains/experiments/contract/sweep";
import { runHref } from "../../run-identity";

const StopSweep = dynamic(() => import("./stop-sweep").then((module) => module.StopSweep), { ssr: false });
const ExtendSweep = dynamic(() => import("./extend-sweep").then((module) => module.ExtendSweep), { ssr: false });

export function SweepActions({ project, sweep }: { project: string; sweep: SweepView }) {
  const trpc = useTRPC();
  const cache = useQueryClient();
  const canWrite = useMay(project, "member");
  const [open, setOpen] = useState<"stop" | "extend" | null>(null);
  const resume = useMutation(
    trpc.experiments.resumeSweep.mutationOptions({
      onSuccess: () => cache.invalidateQueries({ queryKey: trpc.experiments.getSweep.queryKey({ project, sweepId: sweep.id }) }),
      onError: (error) => notify.error(error.message),
    }),
  );
  const dialog = (name: "stop" | "extend") => ({ open: open === name, onOpenChange: (next: boolean) => setOpen(next ? name : null) });
  const isStopped = sweep.state === "stopped" || sweep.state === "stopping";
  return (
    <>
      <ButtonLink href={runHref(project, sweep.parentRunId)} variant="ghost" icon={<Maximize2 aria-hidden />}>
        Parent run
      </ButtonLink>
      {canWrite && (
        <Button icon={<SlidersHorizontal />} onClick={() => setOpen("extend")}>
          Extend
        </Button>
      )}
      {canWrite && sweep.state === "running" && (
        <Button icon={<Square />} onClick={() => setOpen("stop")}>
          Stop
        </Button>
      )}
      {canWrite && isStopped && (
        <Button variant="primary" icon={<Play />} pending={resume.isPending} onClick={() => resume.mutate({ project, sweepId: sweep.id })}>
          Resume
        </Button>
      )}
      {open === "stop" && <StopSweep project={project} sweep={sweep} {...dialog("stop")} />}
      {open === "extend" && <ExtendSweep project={project} sweep={sweep} {...dialog("extend")} />}
    </>
  );
}
