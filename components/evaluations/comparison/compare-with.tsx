"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useMay } from "@/components/trpc/use-may";
import { Button } from "@/components/ui/actions/button";
import { Select } from "@/components/ui/forms/select";
import type { EvaluationView } from "@/server/domains/evaluations/contract/evaluation";
import { baselineOptions } from "./baselines";
import { useChampions } from "./use-champions";
import { useComparison } from "./use-comparison";

/** Takes another evaluation of the same suite version as the baseline. */
export function CompareWith({ project, view }: { project: string; view: EvaluationView }) {
  const trpc = useTRPC();
  const mayCompare = useMay(project, "member");
  const [picked, setPicked] = useState<string | null>(null);
  const compare = useComparison(project);
  const { data } = useQuery(
    trpc.evaluations.listEvaluations.queryOptions({
      project,
      suite: view.suite.name,
      suiteVersion: view.suite.version,
      limit: 100,
    }),
  );
  const champions = useChampions(project, view.suite.name);
  const options = champions === null ? [] : baselineOptions(view, data?.evaluations ?? [], champions);
  if (!mayCompare || options.length === 0) return null;
  const baselineId = picked ?? options[0]?.value ?? "";
  return (
    <>
      <Select
        aria-label="Baseline"
        className="max-w-64"
        options={options}
        value={baselineId}
        onChange={(event) => setPicked(event.target.value)}
      />
      <Button
        variant="primary"
        pending={compare.isPending}
        onClick={() => compare.mutate({ baselineId, candidateId: view.id })}
      >
        Compare with it
      </Button>
    </>
  );
}
