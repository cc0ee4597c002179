"use client";

import dynamic from "next/dynamic";
import { useMemo } from "react";
import { ChartSkeleton } from "@/components/ui/feedback/skeletons";
import { hexOf } from "../run-identity";
import { useCompareState } from "./compare-state";
import { groupRuns } from "./groups/group-runs";
import type { Shown } from "./table/compare-rows";
import { CompareTable } from "./table/compare-table";
import type { Compared } from "./use-comparison";

export const partOptions = [
  { value: "curves", label: "Curves" },
  { value: "parallel", label: "Parallel" },
  { value: "scatter", label: "Scatter" },
  { value: "box", label: "Box" },
  { value: "artifacts", label: "Artifacts" },
  { value: "code", label: "Code & environment" },
] as const;

const GroupTable = dynamic(() => import("./groups/group-table").then((module) => module.GroupTable), { loading: () => <ChartSkeleton height={240} className="mb-4" /> });
const CompareCurves = dynamic(() => import("./compare-curves").then((module) => module.CompareCurves), { loading: PartSkeleton });
const CompareParallel = dynamic(() => import("./plots/compare-parallel").then((module) => module.CompareParallel), { loading: PartSkeleton });
const CompareScatter = dynamic(() => import("./plots/compare-scatter").then((module) => module.CompareScatter), { loading: PartSkeleton });
const CompareBoxes = dynamic(() => import("./plots/compare-boxes").then((module) => module.CompareBoxes), { loading: PartSkeleton });

const CompareArtifacts = dynamic(() => import("./files/compare-artifacts").then((module) => module.CompareArtifacts), { loading: PartSkeleton });
const CompareCode = dynamic(() => import("./files/compare-code").then((module) => module.CompareCode), { loading: PartSkeleton });

function PartSkeleton() {
  return <ChartSkeleton height={420} className="rounded-lg border border-line bg-panel" />;
}

type PartProps = { compared: Compared; part: (typeof partOptions)[number]["value"]; shown: Shown };

export function ComparedPart({ compared, part, shown }: PartProps) {
  if (part === "parallel") return <CompareParallel compared={compared} shown={shown} />;
  if (part === "scatter") return <CompareScatter compared={compared} shown={shown} />;
  if (part === "box") return <CompareBoxes compared={compared} shown={shown} />;
  if (part === "artifacts") return <CompareArtifacts compared={compared} />;
  if (part === "code") return <CompareCode compared={compared} />;
  return <CompareCurves compared={compared} />;
}

/** Groups, where runs are put together, and each run. */
export function ComparedTables({ compared, onRemove }: { compared: Compared; onRemove: (runId: string) => void }) {
  const [state, set] = useCompareState();
  const groups = useMemo(() => groupRuns(compared, state.by), [compared, state.by]);
  return (
    <>
      {groups && <GroupTable compared={compared} groups={groups} shown={state.show} />}
      <CompareTable
        compared={compared}
        shown={state.show}
        all={state.all}
        onBaseline={(id) => void set({ base: hexOf(id) })}
        onRemove={onRemove}
        onAll={() => void set({ all: true })}
      />
    </>
  );
}
