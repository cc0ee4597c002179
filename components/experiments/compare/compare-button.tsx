"use client";

import { GitCompareArrows } from "lucide-react";
import { Button, ButtonLink } from "@/components/ui/actions/button";
import { comparedAtMost, namedInAddress } from "@/server/domains/experiments/contract/compare-limits";
import type { ChosenRuns } from "@/server/domains/experiments/contract/run-table";
import { compareHref } from "../run-identity";
import { useOpenComparison } from "./open-comparison";

export type CompareButtonProps = { project: string; chosen: ChosenRuns; count: number; baseline?: string | null };

/** A link while an address can name the runs; a button that keeps them under an id when it cannot. */
export function CompareButton({ project, chosen, count, baseline }: CompareButtonProps) {
  const open = useOpenComparison(project);
  const why = count < 2 ? "Choose two or more" : count > comparedAtMost ? `At most ${comparedAtMost} runs` : undefined;
  if (!why && "runIds" in chosen && count <= namedInAddress)
    return (
      <ButtonLink href={compareHref(project, chosen.runIds, baseline)} variant="primary" icon={<GitCompareArrows aria-hidden />}>
        Compare
      </ButtonLink>
    );
  return (
    <Button variant="primary" icon={<GitCompareArrows />} disabled={why !== undefined} data-tip={why} pending={open.isPending} onClick={() => open.mutate({ chosen, baseline })}>
      Compare
    </Button>
  );
}
