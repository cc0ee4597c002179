"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { RotateCcw, Square } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { useMay } from "@/components/trpc/use-may";
import { Button } from "@/components/ui/actions/button";
import { notify } from "@/components/ui/feedback/notify";
import { ConfirmDialog } from "@/components/ui/overlays/confirm-dialog";
import type { JobDetail, JobState } from "@/server/domains/compute/contract/job";
import { messageOf } from "../failure";
import { isFinished } from "../job-words";
import { useJob } from "../use-job";

export type JobActionsProps = { project: string; job: { id: string; name: string; state: JobState; cancelRequestedAt: Date | null } };

export function JobActions({ project, job }: JobActionsProps) {
  const canWrite = useMay(project, "member");
  const client = useTRPCClient();
  const router = useRouter();
  const [confirming, setConfirming] = useState(false);
  const retry = useMutation({
    mutationFn: () => client.compute.retryJob.mutate({ project, jobId: job.id }),
    onSuccess: ({ jobId }) => {
      notify.success(`${job.name} is queued again`);
      router.push(`/${project}/compute/jobs/${jobId}`);
    },
    onError: (error) => notify.error("Not retried", { description: messageOf(error) }),
  });
  if (!canWrite) return null;
  if (isFinished(job.state))
    return (
      <Button icon={<RotateCcw />} pending={retry.isPending} onClick={() => retry.mutate()}>
        Retry
      </Button>
    );
  return (
    <>
      <Button variant="danger" icon={<Square />} disabled={job.cancelRequestedAt !== null} onClick={() => setConfirming(true)}>
        {job.cancelRequestedAt ? "Cancelling" : "Cancel"}
      </Button>
      <CancelJob project={project} job={job} open={confirming} onOpenChange={setConfirming} />
    </>
  );
}

/** What a person is told before. */
function cancelWords(state: JobState, detail: JobDetail | undefined): string {
  const own =
    state !== "queued"
      ? "Its agent is told to end it. The log and what it has written so far are kept; it can be retried from the start."
      : detail && detail.openDependencies > 0
        ? "It runs no more when the jobs have ended that it was to run after. It can be retried later, and then waits for none."
        : "It is taken out of the queue. It can be retried later, at the end of the queue.";
  return detail && detail.followers.count > 0 ? `${own} Jobs that were to run after its success end with it, and those behind them.` : own;
}

type CancelJobProps = { project: string; job: { id: string; name: string; state: JobState }; open: boolean; onOpenChange: (open: boolean) => void };

export function CancelJob({ project, job, open, onOpenChange }: CancelJobProps) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const cache = useQueryClient();
  const { data: detail } = useJob(project, job.id);
  const cancel = useMutation({
    mutationFn: () => client.compute.cancelJob.mutate({ project, jobId: job.id }),
    onSuccess: async () => {
      onOpenChange(false);
      await cache.invalidateQueries({ queryKey: trpc.compute.pathKey() });
    },
  });
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      verb="Cancel"
      name={job.name}
      consequence={cancelWords(job.state, detail)}
      danger
      error={cancel.error ? messageOf(cancel.error) : undefined}
      onConfirm={() => cancel.mutateAsync().then(() => undefined, () => undefined)}
    />
  );
}
