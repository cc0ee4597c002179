"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useMay } from "@/components/trpc/use-may";
import { Button } from "@/components/ui/actions/button";
import { Select } from "@/components/ui/forms/select";
import type { EvaluationView } from "@/server/domains/evaluations/contract/evaluation";
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
  const others = (data?.evaluations ?? []).filter(({ id }) => id !== view.id);
  if (!mayCompare || others.length === 0) return null;
  const baselineId = picked ?? others[0]?.id ?? "";
  return (
    <>
      <Select
        aria-label="Baseline"
        className="max-w-64"
        options={others.map(({ id, model, dataset }) => ({
          value: id,
          label: `${model.name} on ${dataset.name} v${dataset.version}`,
        }))}
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
