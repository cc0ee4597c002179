"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useTRPCClient } from "@/components/trpc/client";
import { namedInAddress } from "@/server/domains/experiments/contract/compare-limits";
import { compareHref, hexOf } from "../run-identity";

const compareParts = ["curves", "parallel", "scatter", "box", "artifacts", "code"] as const;

const parsers = {
  runs: parseAsString.withDefault(""),
  set: parseAsString,
  base: parseAsString,
  show: parseAsStringLiteral(["last", "best"]).withDefault("last"),
  all: parseAsBoolean.withDefault(false),
  part: parseAsStringLiteral(compareParts).withDefault("curves"),
  /** Runs that repeat each other, or a param's or tag's values: `repeats`, `params.lr`, `tags.team`. */
  by: parseAsString,
};

/** What is compared and how, all of it in the address. */
export function useCompareState() {
  return useQueryStates(parsers, { history: "replace", shallow: true });
}

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
