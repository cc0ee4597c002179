import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { formatDifference, formatSigned } from "@/components/ui/format/format-difference";
import { formatCount } from "@/components/ui/format/format-number";
import { ScrollRegion } from "@/components/ui/layout/scroll-region";
import { percentOf } from "../ticks";
import { type ForestRow, type PreparedForest, prepareForest } from "./prepare-forest";

export type ForestPlotProps = {
  title: string;
  unit?: string;
  description?: ReactNode;
  rows: readonly ForestRow[];
  /** Which way a difference is good. */
  goodWhen: "lower" | "higher";
  threshold?: { value: number; label: string };
  digits?: number;
  rowName?: string;
  /** Heading of a column with each row's `bound`. */
  boundName?: string;
  empty?: ReactNode;
  className?: string;
};

const head = "border-line border-b px-2.5 py-1.5 font-medium text-label text-muted";
const cell = "h-8 border-line border-b px-2.5 py-0 group-last/row:border-b-0";

/** On a phone the verdict stands under the slice's name and the numbers under their interval: both are in sight. */
const wide = "max-md:hidden";
const narrow = "md:hidden";

/** The plot is itself a table: each interval stands beside its numbers and its word. */
export function ForestPlot({
  title,
  unit,
  description,
  rows,
  goodWhen,
  threshold,
  digits = 4,
  rowName = "Slice",
  boundName,
  empty,
  className,
}: ForestPlotProps) {
  const plot = prepareForest({ rows, goodWhen, thresholds: threshold ? [threshold.value] : [] });
  return (
    <figure className={cn("min-w-0 overflow-hidden rounded-lg border border-line bg-panel", className)}>
      <figcaption className="px-3 pt-2 pb-1">
        <span className="font-medium text-table">{title}</span>
        {unit && <span className="ml-1.5 text-label text-muted">{unit}</span>}
        {description && <span className="block text-label text-muted">{description}</span>}
      </figcaption>
      {rows.length === 0 && (
        <p className="px-3 py-6 text-center text-muted text-table">{empty ?? "Nothing to compare yet."}</p>
      )}
      {rows.length > 0 && (
        <ScrollRegion label={title}>
          <table className="w-full border-separate md:min-w-[46rem] border-spacing-0 text-table">
            <thead>
              <tr>
                <th scope="col" className={cn(head, "sticky left-0 z-10 bg-panel text-left")}>
                  {rowName}
                </th>
                <th scope="col" className={cn(head, wide, "text-right")}>
                  n
                </th>
                <th scope="col" className={cn(head, wide, "text-right")}>
                  Clusters
                </th>
                <th scope="col" className={cn(head, boundName ? "md:w-[30%]" : "md:w-[38%]", "min-w-46 px-0 pb-0 font-normal md:min-w-36")}>
                  <Axis plot={plot} goodWhen={goodWhen} threshold={threshold} digits={digits} />
                </th>
                <th scope="col" className={cn(head, wide, "text-right")}>
                  Difference [95%]
                </th>
                {boundName && (
                  <th scope="col" className={cn(head, wide, "text-right")}>
                    {boundName}
                  </th>
                )}
                <th scope="col" className={cn(head, wide, "text-left")}>
                  Verdict
                </th>
              </tr>
            </thead>
            <tbody>
              {plot.rows.map((row) => (
                <Row key={row.id} row={row} plot={plot} threshold={threshold?.value} digits={digits} boundName={boundName} />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </figure>
  );
}

type RowProps = { row: ForestRow; plot: PreparedForest; threshold?: number; digits: number; boundName?: string };

function Row({ row, plot, threshold, digits, boundName }: RowProps) {
  const interval = row.low === null || row.high === null ? null : { low: row.low, high: row.high };
  const difference = formatDifference(row.estimate, interval, digits);
  return (
    <tr className={cn("group/row", row.overall && "font-medium")} data-tip={row.note}>
      <th
        scope="row"
        className={cn(
          cell,
          "sticky left-0 z-10 bg-panel text-left max-md:max-w-40 max-md:py-1.5 md:max-w-48 md:truncate",
          !row.overall && "font-normal",
        )}
      >
        {row.label}
        {row.verdict && (
          <span className={cn(narrow, "block font-normal text-label")}>
            <Verdict word={row.verdict} />
          </span>
        )}
      </th>
      <td className={cn(cell, wide, "text-right font-normal")}>{formatCount(row.n)}</td>
      <td className={cn(cell, wide, "text-right font-normal")}>{formatCount(row.clusters)}</td>
      <td className={cn(cell, "px-0 max-md:pb-1.5")}>
        <IntervalMark row={row} plot={plot} threshold={threshold} />
        <span className={cn(narrow, "block whitespace-nowrap px-1 text-center font-normal text-label tabular-nums")}>{difference}</span>
        {boundName && row.bound && <span className={cn(narrow, "block px-1 text-center font-normal text-label text-muted")}>{boundName}: {row.bound}</span>}
      </td>
      <td className={cn(cell, wide, "whitespace-nowrap text-right")}>{difference}</td>
      {boundName && <td className={cn(cell, wide, "whitespace-nowrap text-right font-normal text-muted")}>{row.bound}</td>}
      <td className={cn(cell, wide, "font-normal")}>{row.verdict ? <Verdict word={row.verdict} /> : null}</td>
    </tr>
  );
}

function Verdict({ word }: { word: string }) {
  return word === "better" || word === "worse" ? (
    <StateBadge state={word} />
  ) : (
    <span className="text-muted md:whitespace-nowrap">{word}</span>
  );
}

type AxisProps = {
  plot: PreparedForest;
  goodWhen: "lower" | "higher";
  threshold?: { value: number; label: string };
  digits: number;
};

function Axis({ plot, goodWhen, threshold, digits }: AxisProps) {
  const zero = percentOf(0, plot.domain);
  return (
    <span className="relative block h-9 text-[11px] text-muted">
      <span className="absolute top-0 whitespace-nowrap pr-2 text-right" style={{ right: `${100 - zero}%` }}>
        ← {goodWhen === "lower" ? "better" : "worse"}
      </span>
      <span className="absolute top-0 whitespace-nowrap pl-2" style={{ left: `${zero}%` }}>
        {goodWhen === "lower" ? "worse" : "better"} →
      </span>
      {plot.ticks.map((tick) => (
        <span
          key={tick}
          className={cn("absolute bottom-0.5 -translate-x-1/2", tick !== 0 && tick !== plot.ticks[0] && "max-md:hidden")}
          style={{ left: `${percentOf(tick, plot.domain)}%` }}
        >
          {tick === 0 ? "0" : formatSigned(tick, Math.min(digits, 3))}
        </span>
      ))}
      {threshold && <span className="sr-only">{`${threshold.label} at ${formatSigned(threshold.value, digits)}`}</span>}
    </span>
  );
}

function IntervalMark({ row, plot, threshold }: { row: ForestRow; plot: PreparedForest; threshold?: number }) {
  const x = (value: number) => `${percentOf(value, plot.domain)}%`;
  const colour =
    row.verdict === "worse" ? "var(--failed)" : row.verdict === "better" ? "var(--succeeded)" : "var(--muted)";
  return (
    <svg aria-hidden="true" className="block h-8 w-full">
      <line x1={x(0)} x2={x(0)} y1="0" y2="100%" stroke="var(--control)" />
      {threshold !== undefined && (
        <line x1={x(threshold)} x2={x(threshold)} y1="0" y2="100%" stroke="var(--failed)" strokeDasharray="4 3" />
      )}
      {row.low !== null && row.high !== null && (
        <g stroke={colour} strokeWidth={row.overall ? 2.5 : 1.5}>
          <line x1={x(row.low)} x2={x(row.high)} y1="50%" y2="50%" />
          <line x1={x(row.low)} x2={x(row.low)} y1="35%" y2="65%" />
          <line x1={x(row.high)} x2={x(row.high)} y1="35%" y2="65%" />
        </g>
      )}
      {row.estimate !== null && <EstimateMark at={x(row.estimate)} colour={colour} row={row} />}
    </svg>
  );
}

/** Shape says what colour says: a square for worse, a disc for better, a ring for undecided. */
function EstimateMark({ at, colour, row }: { at: string; colour: string; row: ForestRow }) {
  const size = row.overall ? 5 : 4;
  if (row.verdict === "worse")
    return (
      <svg x={at} y="50%" overflow="visible" aria-hidden="true">
        <rect x={-size} y={-size} width={size * 2} height={size * 2} fill={colour} />
      </svg>
    );
  return (
    <circle
      cx={at}
      cy="50%"
      r={size}
      fill={row.verdict === "better" ? colour : "var(--panel)"}
      stroke={colour}
      strokeWidth="1.5"
    />
  );
}
