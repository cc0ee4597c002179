"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTRPCClient } from "@/components/trpc/client";
import { namedInAddress } from "@/server/domains/experiments/contract/compare-limits";
import { compareHref, hexOf } from "../run-identity";

/** A kept set's id, for runs that are too many to be named in an address; null where they are not. */
export function useKeepSet(project: string) {
  const client = useTRPCClient();
  return async (runIds: readonly string[]): Promise<string | null> =>
    runIds.length <= namedInAddress ? null : (await client.experiments.keepRunSet.mutate({ project, runIds: [...runIds] })).id;
}

/** Opens the comparison of any number of runs. */
export function useOpenComparison(project: string) {
  const router = useRouter();
  const keep = useKeepSet(project);
  return useMutation({
    mutationFn: async ({ runIds, baseline }: { runIds: readonly string[]; baseline?: string | null }) => {
      const set = await keep(runIds);
      return set ? `/${project}/experiments/compare?set=${set}${baseline ? `&base=${hexOf(baseline)}` : ""}` : compareHref(project, runIds, baseline);
    },
    onSuccess: (href) => router.push(href),
  });
}
