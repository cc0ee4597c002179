"use client";

import { Table2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { IconButton } from "@/components/ui/actions/icon-button";
import { cn } from "@/components/ui/class-names";
import { ChartSkeleton } from "@/components/ui/feedback/skeletons";
import type { ChartData } from "./chart-data";
import { ChartDataTable } from "./chart-data-table";

export type ChartFrameProps = {
  title: string;
  unit?: string;
  description?: ReactNode;
  /** Computed only when someone asks to see it. */
  data: () => ChartData;
  height?: number;
  loading?: boolean;
  empty?: ReactNode;
  isEmpty?: boolean;
  actions?: ReactNode;
  legend?: ReactNode;
  bare?: boolean;
  className?: string;
  children: ReactNode;
};

/** Around every chart: its title and unit, a fixed height in every state, and its numbers as a table on request. */
export function ChartFrame(props: ChartFrameProps) {
  const {
    title,
    unit,
    description,
    data,
    height,
    loading,
    isEmpty,
    empty,
    actions,
    legend,
    bare,
    className,
    children,
  } = props;
  const [asTable, setAsTable] = useState(false);
  return (
    <figure
      aria-label={title}
      className={cn(
        "group/chart min-w-0",
        !bare && "rounded-lg border border-line bg-panel px-3 pt-2 pb-2.5",
        className,
      )}
    >
      <figcaption className="mb-1 flex min-h-7 items-center gap-2">
        <span className="min-w-0 flex-1">
          <span className="font-medium text-table">{title}</span>
          {unit && <span className="ml-1.5 text-label text-muted">{unit}</span>}
          {description && <span className="block text-label text-muted">{description}</span>}
        </span>
        {actions}
        <IconButton
          label={asTable ? "Show the chart" : "Show the numbers"}
          icon={<Table2 />}
          size="sm"
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
          className={cn(!asTable && "opacity-60 group-hover/chart:opacity-100 focus-visible:opacity-100")}
        />
      </figcaption>
      <div style={{ minHeight: height }}>
        {loading ? (
          <ChartSkeleton height={height} />
        ) : isEmpty ? (
          <div style={{ height }} className="grid place-items-center px-4 text-center text-muted text-table">
            {empty ?? "No data yet."}
          </div>
        ) : asTable ? (
          <ChartDataTable label={title} data={data()} height={height} />
        ) : (
          children
        )}
      </div>
      {!asTable && !isEmpty && !loading && legend}
    </figure>
  );
}
