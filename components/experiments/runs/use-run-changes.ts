"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { notify } from "@/components/ui/feedback/notify";
import { formatCount } from "@/components/ui/format/format-number";
import type { ChosenRuns } from "@/server/domains/experiments/contract/run-table";
import { messageOf } from "../failure";
import type { WhatWithRunning } from "../running-choice";
import { runsPrefix } from "./runs-query";

export const countedRuns = (count: number) => (count === 1 ? "The run" : `${formatCount(count)} runs`);

/** Runs changed, one or many, in one operation each; each says so, and a delete can be taken back from the message. */
export function useRunChanges(project: string) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const cache = useQueryClient();

  async function readAgain() {
    await Promise.all([
      cache.invalidateQueries({ queryKey: runsPrefix(project) }),
      cache.invalidateQueries({ queryKey: trpc.experiments.countRuns.queryKey() }),
      cache.invalidateQueries({ queryKey: trpc.experiments.groupRuns.queryKey() }),
      cache.invalidateQueries({ queryKey: trpc.experiments.getRun.queryKey() }),
    ]);
  }

  const restoreRuns = useMutation({
    mutationFn: (chosen: ChosenRuns) => client.experiments.restoreRuns.mutate({ project, chosen }),
    onSuccess: ({ runs }) => notify.success(`${countedRuns(runs)} restored`),
    onError: (error) => notify.error("Not restored", { description: messageOf(error) }),
    onSettled: readAgain,
  });

  const deleteRuns = useMutation({
    mutationFn: ({ chosen, running }: { chosen: ChosenRuns; running: WhatWithRunning | null }) => client.experiments.deleteRuns.mutate({ project, chosen, running }),
    onSuccess: ({ runs, ids }) =>
      notify.success(`${countedRuns(runs)} deleted`, ids.length > 0 ? { action: { label: "Undo", onClick: () => restoreRuns.mutate({ runIds: ids }) } } : undefined),
    onSettled: readAgain,
  });

  const tagRuns = useMutation({
    mutationFn: ({ chosen, tag }: { chosen: ChosenRuns; tag: { key: string; value: string } }) => client.experiments.tagRuns.mutate({ project, chosen, tags: [tag] }),
    onSuccess: ({ runs }, { tag }) => notify.success(`${countedRuns(runs)} tagged ${tag.key}: ${tag.value}`),
    onSettled: readAgain,
  });

  return { deleteRuns, restoreRuns, tagRuns };
}
