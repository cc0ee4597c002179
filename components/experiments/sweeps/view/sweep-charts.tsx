"use client";

import { useRouter } from "next/navigation";
import { createParser, parseAsString, useQueryState, useQueryStates } from "nuqs";
import { useMemo } from "react";
import { BarChart } from "@/components/charts/bars/bar-chart";
import { ContourChart } from "@/components/charts/contour/contour-chart";
import type { Brushes } from "@/components/charts/parallel/parallel-data";
import { ParallelPanel } from "@/components/charts/parallel/parallel-panel";
import { PointsChart } from "@/components/charts/points/points-chart";
import { formatPercent } from "@/components/ui/format/format-number";
import { Select } from "@/components/ui/forms/select";
import type { SweepView } from "@/server/domains/experiments/contract/sweep";
import { runHref } from "../../run-identity";
import { axisOf, bestSoFar, finishedOf, numberKey, rowsByRank, rowsByTime, valueKey } from "./sweep-rows";

/** What was drawn on axes, in the URL; what does not parse is no brush. */
const brushParser = createParser<Brushes>({
  parse(text) {
    try {
      const found: unknown = JSON.parse(text);
      return typeof found === "object" && found !== null && !Array.isArray(found) ? (found as Brushes) : null;
    } catch {
      return null;
    }
  },
  serialize: (brushes) => JSON.stringify(brushes),
});

export function SweepCharts({ project, sweep }: { project: string; sweep: SweepView }) {
  const router = useRouter();
  const [brushes, setBrushes] = useQueryState("brush", brushParser.withDefault({}).withOptions({ history: "replace", throttleMs: 200 }));
  const { spec, importance } = sweep;
  const { metric, direction } = spec.objective;
  const finished = useMemo(() => finishedOf(sweep), [sweep]);
  const ranked = useMemo(() => rowsByRank(finished, direction), [finished, direction]);
  const timed = useMemo(() => rowsByTime(finished), [finished]);
  const steps = useMemo(() => bestSoFar(finished, direction), [finished, direction]);
  const axes = useMemo(() => spec.space.map(axisOf), [spec.space]);
  const value = useMemo(() => ({ key: valueKey, label: metric, kind: "numeric" as const, strong: true }), [metric]);
  const number = useMemo(() => ({ key: numberKey, label: "trial", kind: "numeric" as const }), []);
  const parallel = useMemo(() => [...axes, value], [axes, value]);
  const marked = sweep.best ? String(sweep.best.number) : null;
  const open = (id: string) => {
    const runId = sweep.trials.find((trial) => trial.number === Number(id))?.runId;
    if (runId) router.push(runHref(project, runId));
  };
  const none = "No run has finished yet.";
  return (
    <div className="grid grid-cols-1 gap-4 lg:grid-cols-3">
      <PointsChart
        className="lg:col-span-2"
        title="Best so far"
        description="Each dot is a finished run; the line is the best value up to it."
        x={number}
        y={value}
        rows={timed}
        steps={steps}
        marked={marked}
        onChoose={open}
        empty={none}
        height={260}
      />
      <BarChart
        title="Importance"
        description={importanceWords(sweep)}
        bars={(importance?.shares ?? []).map(({ name, share }) => ({ id: name, label: name, value: share }))}
        format={(share) => formatPercent(share)}
        empty={finished.length < 2 ? "It is measured when two runs have finished." : importance ? "These runs do not tell: all have one value, or no parameter in common." : "It is being measured."}
      />
      {axes.length > 0 && (
        <ParallelPanel
          className="lg:col-span-3"
          title="Parameters and value"
          description={`One line a run; the better its ${metric}, the stronger. Draw along an axis to keep the runs that pass there.`}
          axes={parallel}
          rows={ranked}
          brushes={brushes}
          onBrushes={(next) => void setBrushes(Object.keys(next).length > 0 ? next : null)}
          pointed={marked}
          onChoose={open}
          empty={none}
        />
      )}
      {axes.map((axis) => (
        <PointsChart key={axis.key} title={`${metric} by ${axis.label}`} x={axis} y={value} rows={timed} marked={marked} onChoose={open} empty={none} height={200} />
      ))}
      {axes.filter(({ kind }) => kind === "numeric").length > 1 && <SweepContour sweep={sweep} />}
    </div>
  );
}

function importanceWords({ spec, importance }: SweepView): string {
  const share = `Share of the variance of ${spec.objective.metric}, by fANOVA`;
  if (!importance) return `${share}.`;
  const isPart = importance.shares !== null && importance.shares.length < spec.space.length;
  return `${share} over ${importance.runs} finished runs.${isPart ? " Parameters that only some runs have are left out." : ""}`;
}

function SweepContour({ sweep }: { sweep: SweepView }) {
  const { spec, importance } = sweep;
  const { metric } = spec.objective;
  // Between two categories there is nothing to interpolate.
  const axes = useMemo(() => spec.space.map(axisOf).filter(({ kind }) => kind === "numeric"), [spec.space]);
  const [view, setView] = useQueryStates({ cx: parseAsString, cy: parseAsString }, { history: "replace" });
  const rows = useMemo(() => rowsByTime(finishedOf(sweep)), [sweep]);
  // The two that matter most, until a person says which.
  const byWeight = [...axes].sort((a, b) => shareOf(b.key) - shareOf(a.key));
  const x = axes.find(({ key }) => key === view.cx) ?? byWeight[0];
  const y = axes.find(({ key }) => key === view.cy && key !== x?.key) ?? byWeight.find(({ key }) => key !== x?.key);
  function shareOf(name: string): number {
    return importance?.shares?.find((one) => one.name === name)?.share ?? 0;
  }
  if (!x || !y) return null;
  const options = (other: string) => axes.filter(({ key }) => key !== other).map(({ key }) => ({ value: key, label: key }));
  return (
    <div className="lg:col-span-3">
      <ContourChart
        title={`${metric} over two parameters`}
        description="Between the runs it is interpolated: nearer runs weigh more."
        x={x}
        y={y}
        value={valueKey}
        rows={rows}
        best={sweep.best ? String(sweep.best.number) : null}
        empty="It takes three finished runs with both parameters."
        controls={
          <>
            <Select aria-label="Across" className="max-w-44" options={options(y.key)} value={x.key} onChange={(event) => void setView({ cx: event.target.value })} />
            <Select aria-label="Up" className="max-w-44" options={options(x.key)} value={y.key} onChange={(event) => void setView({ cy: event.target.value })} />
          </>
        }
      />
    </div>
  );
}
