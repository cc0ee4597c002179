"use client";

import { Search, ZoomOut } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/actions/button";
import { Input } from "@/components/ui/forms/input";
import { Segmented } from "@/components/ui/forms/segmented";
import { Slider } from "@/components/ui/forms/slider";
import { Switch } from "@/components/ui/forms/switch";
import type { useChartView } from "./use-chart-view";

const modes = [
  { value: "step", label: "Step" },
  { value: "wall", label: "Time" },
  { value: "relative", label: "Since start" },
] as const;

export type ChartToolbarProps = {
  chart: ReturnType<typeof useChartView>;
  shown: number;
  all: number;
  /** Means over runs are by step: no clock is common to them. */
  onlySteps: boolean;
  tools?: ReactNode;
};

export function ChartToolbar({ chart, shown, all, onlySteps, tools }: ChartToolbarProps) {
  const { view } = chart;
  return (
    <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
      <Input
        aria-label="Find a metric"
        placeholder="Find a metric"
        prefix={<Search aria-hidden />}
        suffix={view.find ? <span role="status">{`${shown} of ${all}`}</span> : undefined}
        value={view.find}
        onChange={(event) => chart.setFind(event.target.value)}
        className="max-w-72 flex-1 basis-48"
        data-filter-input
      />
      {!onlySteps && <Segmented label="Horizontal axis" options={modes} value={view.x} onValueChange={chart.setX} />}
      <span className="flex items-center gap-2 text-label text-muted">
        <span aria-hidden>Smoothing</span>
        <Slider
          aria-label="Smoothing"
          min={0}
          max={0.99}
          step={0.01}
          value={view.smooth}
          shown={view.smooth === 0 ? "off" : view.smooth.toFixed(2)}
          onChange={(event) => chart.setSmooth(Number(event.target.value))}
          className="w-40"
        />
      </span>
      <Switch label="Log scale" checked={view.log} onChange={(event) => chart.setLog(event.target.checked)} />
      {(view.x === "step" || onlySteps) && <Switch label="Log steps" checked={view.logx} onChange={(event) => chart.setLogX(event.target.checked)} />}
      {tools}
      {view.zoom && (
        <Button size="sm" icon={<ZoomOut />} onClick={() => chart.setZoom(null)}>
          Show all again
        </Button>
      )}
    </div>
  );
}
