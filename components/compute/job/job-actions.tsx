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
import type { JobState } from "@/server/domains/compute/contract/job";
import { messageOf } from "../failure";
import { isFinished } from "../job-words";

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

type CancelJobProps = { project: string; job: { id: string; name: string; state: JobState }; open: boolean; onOpenChange: (open: boolean) => void };

export function CancelJob({ project, job, open, onOpenChange }: CancelJobProps) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const cache = useQueryClient();
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
      consequence={
        job.state === "queued"
          ? "It is taken out of the queue. It can be retried later, at the end of the queue."
          : "Its agent is told to end it. The log and what it has written so far are kept; it can be retried from the start."
      }
      danger
      error={cancel.error ? messageOf(cancel.error) : undefined}
      onConfirm={() => cancel.mutateAsync().then(() => undefined, () => undefined)}
    />
  );
}
