"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { notify } from "@/components/ui/feedback/notify";
import { messageOf } from "../failure";
import { runsPrefix } from "./runs-query";

const counted = (ids: readonly string[]) => (ids.length === 1 ? "The run" : `${ids.length} runs`);

/** Deleting and restoring runs, one or many; each says so, and a delete can be taken back from the message. */
export function useRunChanges(project: string) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const cache = useQueryClient();

  async function readAgain() {
    await Promise.all([
      cache.invalidateQueries({ queryKey: runsPrefix(project) }),
      cache.invalidateQueries({ queryKey: trpc.experiments.countRuns.queryKey() }),
      cache.invalidateQueries({ queryKey: trpc.experiments.getRun.queryKey() }),
    ]);
  }

  const restoreRuns = useMutation({
    mutationFn: (ids: string[]) => Promise.all(ids.map((runId) => client.experiments.restoreRun.mutate({ project, runId }))),
    onSuccess: (_, ids) => notify.success(`${counted(ids)} restored`),
    onError: (error) => notify.error("Not restored", { description: messageOf(error) }),
    onSettled: readAgain,
  });

  const deleteRuns = useMutation({
    mutationFn: (ids: string[]) => Promise.all(ids.map((runId) => client.experiments.deleteRun.mutate({ project, runId }))),
    onSuccess: (_, ids) =>
      notify.success(`${counted(ids)} deleted`, { action: { label: "Undo", onClick: () => restoreRuns.mutate(ids) } }),
    onSettled: readAgain,
  });

  return { deleteRuns, restoreRuns };
}
