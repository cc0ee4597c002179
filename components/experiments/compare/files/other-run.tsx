"use client";

import { parseAsString } from "nuqs";
import { useMemo } from "react";
import { Select } from "@/components/ui/forms/select";
import type { ComparedRun } from "@/server/domains/experiments/contract/compare";
import { useAddressState, useIsFrozen } from "../../address-state";
import { hexOf, runIdOf } from "../../run-identity";
import type { Compared } from "../use-comparison";

/** The run that is held against the baseline where only two fit: the first other one, until someone chooses. */
export function useOtherRun({ runs, order }: Compared) {
  const [{ other: chosen }, set] = useAddressState({ other: parseAsString }, { history: "replace", shallow: true });
  const others = useMemo(() => order.slice(1).flatMap((place) => runs[place] ?? []), [order, runs]);
  const id = chosen ? runIdOf(chosen) : null;
  return { others, other: others.find((run) => run.id === id) ?? others[0], choose: (runId: string) => void set({ other: hexOf(runId) }) };
}

export type OtherRunProps = { baseline: ComparedRun; others: readonly ComparedRun[]; other: ComparedRun; choose: (runId: string) => void };

export function OtherRun({ baseline, others, other, choose }: OtherRunProps) {
  const isFrozen = useIsFrozen();
  return (
    <p className="flex flex-wrap items-center gap-2 text-table">
      <span>
        <span className="font-medium">{baseline.name}</span> <span className="text-muted">against</span>
      </span>
      <Select disabled={isFrozen} aria-label="Run to hold against the baseline" className="max-w-64" options={others.map(({ id, name }) => ({ value: id, label: name }))} value={other.id} onChange={(event) => choose(event.target.value)} />
    </p>
  );
}
