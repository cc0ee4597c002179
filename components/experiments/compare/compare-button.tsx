"use client";

import { GitCompareArrows } from "lucide-react";
import { Button, ButtonLink } from "@/components/ui/actions/button";
import { comparedAtMost, namedInAddress } from "@/server/domains/experiments/contract/compare-limits";
import { compareHref } from "../run-identity";
import { useOpenComparison } from "./open-comparison";

export type CompareButtonProps = { project: string; runIds: readonly string[]; baseline?: string | null };

/** A link while an address can name the runs; a button that keeps them under an id when it cannot. */
export function CompareButton({ project, runIds, baseline }: CompareButtonProps) {
  const open = useOpenComparison(project);
  const why = runIds.length < 2 ? "Choose two or more" : runIds.length > comparedAtMost ? `At most ${comparedAtMost} runs` : undefined;
  if (!why && runIds.length <= namedInAddress)
    return (
      <ButtonLink href={compareHref(project, runIds, baseline)} variant="primary" icon={<GitCompareArrows aria-hidden />}>
        Compare
      </ButtonLink>
    );
  return (
    <Button variant="primary" icon={<GitCompareArrows />} disabled={why !== undefined} data-tip={why} pending={open.isPending} onClick={() => open.mutate({ runIds, baseline })}>
      Compare
    </Button>
  );
}
