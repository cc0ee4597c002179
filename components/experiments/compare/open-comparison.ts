"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTRPCClient } from "@/components/trpc/client";
import { comparedAtMost, namedInAddress } from "@/server/domains/experiments/contract/compare-limits";
import type { ChosenRuns } from "@/server/domains/experiments/contract/run-table";
import { compareHref, hexOf } from "../run-identity";

/** A kept set's id, for runs that are too many to be named in an address; null where they are not. */
export function useKeepSet(project: string) {
  const client = useTRPCClient();
  return async (runIds: readonly string[]): Promise<string | null> =>
    runIds.length <= namedInAddress ? null : (await client.experiments.keepRunSet.mutate({ project, runIds: [...runIds] })).id;
}

type Opened = { chosen: ChosenRuns; baseline?: string | null };

/** Opens the comparison of these runs, or of all that a search finds. */
export function useOpenComparison(project: string) {
  const router = useRouter();
  const client = useTRPCClient();
  const keep = useKeepSet(project);
  const idsOf = async (chosen: ChosenRuns): Promise<string[]> => {
    if ("runIds" in chosen) return chosen.runIds;
    const { runs } = await client.experiments.searchRuns.query({ project, ...chosen.search, limit: comparedAtMost, columns: { metrics: [], params: [], tags: [] } });
    return runs.map(({ id }) => id);
  };
  return useMutation({
    mutationFn: async ({ chosen, baseline }: Opened) => {
      const runIds = await idsOf(chosen);
      const set = await keep(runIds);
      return set ? `/${project}/experiments/compare?set=${set}${baseline ? `&base=${hexOf(baseline)}` : ""}` : compareHref(project, runIds, baseline);
    },
    onSuccess: (href) => router.push(href),
  });
}
