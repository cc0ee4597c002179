"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { useMay } from "@/components/trpc/use-may";
import { Button } from "@/components/ui/actions/button";
import { notify } from "@/components/ui/feedback/notify";
import { formatBytes } from "@/components/ui/format/format-bytes";
import { formatCount } from "@/components/ui/format/format-number";
import { ConfirmDialog } from "@/components/ui/overlays/confirm-dialog";
import { messageOf } from "../failure";

const pauseMs = 500;
const pause = () => new Promise((resolve) => setTimeout(resolve, pauseMs));

const runsText = (count: number) => `${formatCount(count)} ${count === 1 ? "run" : "runs"}`;

/** Purges and waits for what it freed. */
function usePurge(project: string) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (seen: { asOf: string; purgeable: number }) => {
      const { operationId } = await client.experiments.purgeDeletedRuns.mutate({ project, ...seen });
      for (;;) {
        const { state, result, error } = await client.platform.getOperation.query({ project, operationId });
        if (state === "succeeded") return result ?? {};
        if (state === "failed" || state === "cancelled") throw new Error(error ?? "The purge was cancelled.");
        await pause();
      }
    },
    onSuccess: (freed) => {
      const points = Number(freed.metricBytes ?? 0);
      const files = Number(freed.artifactBytes ?? 0);
      notify.success(`${runsText(Number(freed.runs ?? 0))} purged`, {
        description: `${formatBytes(points)} of metrics are free; ${formatBytes(files)} of artifacts are within a day, where nothing else holds them.`,
      });
    },
    onSettled: () => cache.invalidateQueries({ queryKey: trpc.experiments.pathKey() }),
  });
}

/** For maintainers, beside what is deleted: takes it for good. */
export function PurgeDeleted({ project }: { project: string }) {
  const trpc = useTRPC();
  const mayPurge = useMay(project, "maintainer");
  const [open, setOpen] = useState(false);
  const asked = trpc.experiments.previewPurge.queryOptions({ project }, { enabled: mayPurge });
  const { data } = useQuery(asked);
  useLive(["experiments"], [asked.queryKey]);
  const purge = usePurge(project);
  if (!mayPurge || !data) return null;
  const stay = data.kept === 0 ? "" : ` ${runsText(data.kept)} ${data.kept === 1 ? "stays" : "stay"}: a model version or an evaluation rests on ${data.kept === 1 ? "it, or it runs" : "them, or they run"} still.`;
  return (
    <>
      <Button icon={<Trash2 />} pending={purge.isPending} disabled={data.purgeable === 0} onClick={() => setOpen(true)} data-tip={data.purgeable === 0 ? "No deleted run can be purged" : undefined}>
        Purge…
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        verb="Purge"
        name="deleted runs"
        consequence={`${runsText(data.purgeable)} of this project, deleted alone or with the experiment, ${data.purgeable === 1 ? "goes" : "go"} for good, with all metrics and artifacts.${stay} This can't be undone.`}
        danger
        typeToConfirm
        error={purge.error ? messageOf(purge.error) : undefined}
        onConfirm={() => purge.mutateAsync({ asOf: data.asOf, purgeable: data.purgeable }).then(() => setOpen(false), () => undefined)}
      />
    </>
  );
}
