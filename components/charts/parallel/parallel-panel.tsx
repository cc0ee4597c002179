"use client";

import { FilterX } from "lucide-react";
import dynamic from "next/dynamic";
import { type ReactNode, useMemo, useState } from "react";
import { Button } from "@/components/ui/actions/button";
import { ScrollRegion } from "@/components/ui/layout/scroll-region";
import { ChartFrame } from "../frame/chart-frame";
import { useThemeName } from "../frame/use-theme-name";
import type { AxisBrush, Brushes, ParallelAxis, ParallelRow } from "./parallel-data";
import { countGaps, prepareParallel, rowsWithin } from "./prepare-parallel";

const ParallelPlot = dynamic(() => import("./parallel-plot").then((module) => module.ParallelPlot), { ssr: false });

export type ParallelPanelProps = {
  title: string;
  description?: ReactNode;
  /** What a row is, such as `run`. */
  noun?: string;
  axes: readonly ParallelAxis[];
  rows: readonly ParallelRow[];
  brushes: Brushes;
  onBrushes: (brushes: Brushes) => void;
  /** A row that something else points at. */
  pointed?: string | null;
  onPoint?: (id: string | null) => void;
  onChoose?: (id: string) => void;
  height?: number;
  loading?: boolean;
  empty?: ReactNode;
  bare?: boolean;
  className?: string;
};

/** One line a row over an axis for each of its values; a stretch drawn on an axis leaves the rows that pass through it. */
export function ParallelPanel(props: ParallelPanelProps) {
  const { axes, rows, brushes, onBrushes, noun = "run", height = 300 } = props;
  const theme = useThemeName();
  const [own, setOwn] = useState<string | null>(null);
  const prepared = useMemo(() => prepareParallel(axes, rows), [axes, rows]);
  const within = useMemo(() => rowsWithin(prepared, brushes), [prepared, brushes]);
  const gaps = useMemo(() => countGaps(prepared), [prepared]);
  const inside = within.filter(Boolean).length;
  const isBrushed = Object.keys(brushes).length > 0;
  const pointed = own ?? props.pointed ?? null;
  const label = rows.find((row) => row.id === pointed)?.label;

  function change(key: string, brush: AxisBrush | null) {
    const { [key]: _, ...others } = brushes;
    onBrushes(brush ? { ...others, [key]: brush } : others);
  }

  return (
    <ChartFrame
      {...props}
      height={height}
      isEmpty={rows.length === 0 || axes.length < 2}
      data={() => ({ columns: [noun, ...axes.map((axis) => axis.label)], rows: rows.filter((_, index) => within[index]).map((row) => [row.label, ...axes.map((axis) => cellOf(row.values[axis.key]))]) })}
      legend={gaps > 0 && <p className="mt-1 text-label text-muted">{gaps === 1 ? `One ${noun} has` : `${gaps} ${noun}s have`} no value on some axis; the line has a gap there.</p>}
      actions={
        <>
          <span className="max-w-64 truncate text-label">{label}</span>
          <span role="status" className="whitespace-nowrap text-label text-muted">
            {isBrushed ? `${inside} of ${rows.length} ${noun}s` : ""}
          </span>
          {isBrushed && (
            <Button size="sm" icon={<FilterX />} onClick={() => onBrushes({})}>
              Clear
            </Button>
          )}
        </>
      }
    >
      <ScrollRegion label={`${props.title}: axes`}>
        <ParallelPlot
          prepared={prepared}
          within={within}
          brushes={brushes}
          height={height}
          theme={theme}
          pointed={pointed}
          onBrush={change}
          onPoint={(id) => {
            if (id === own) return;
            setOwn(id);
            props.onPoint?.(id);
          }}
          onChoose={props.onChoose}
        />
      </ScrollRegion>
    </ChartFrame>
  );
}

const cellOf = (value: number | string | boolean | null | undefined) => (value === undefined || value === null ? null : typeof value === "boolean" ? String(value) : value);
