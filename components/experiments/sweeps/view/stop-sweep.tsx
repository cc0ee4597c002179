"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/actions/button";
import { Segmented } from "@/components/ui/forms/segmented";
import { Dialog } from "@/components/ui/overlays/dialog";
import type { SweepView } from "@/server/domains/experiments/contract/sweep";

export type SweepDialogProps = { project: string; sweep: SweepView; open: boolean; onOpenChange: (open: boolean) => void };

const ways = [
  { value: "cancel", label: "Cancel them" },
  { value: "keep", label: "Let them end" },
] as const;

export function StopSweep({ project, sweep, open, onOpenChange }: SweepDialogProps) {
  const trpc = useTRPC();
  const cache = useQueryClient();
  const [way, setWay] = useState<"cancel" | "keep">("cancel");
  const stop = useMutation(
    trpc.experiments.stopSweep.mutationOptions({
      onSuccess: async () => {
        await cache.invalidateQueries({ queryKey: trpc.experiments.getSweep.queryKey({ project, sweepId: sweep.id }) });
        onOpenChange(false);
      },
    }),
  );
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Stop ${sweep.name}?`}
      description="No more runs are launched. Everything is kept, and the sweep can be resumed: it makes up for runs that were cancelled."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Keep it</Button>
          <Button variant="danger" pending={stop.isPending} onClick={() => stop.mutate({ project, sweepId: sweep.id, cancelRuns: way === "cancel" })}>
            Stop
          </Button>
        </>
      }
    >
      <div className="grid gap-2 text-table">
        <span>Runs that are under way: {sweep.counts.launched}</span>
        {sweep.counts.launched > 0 && <Segmented label="Runs that are under way" options={ways} value={way} onValueChange={setWay} />}
        {stop.error && (
          <p role="alert" className="text-failed text-label">
            {stop.error.message}
          </p>
        )}
      </div>
    </Dialog>
  );
}
