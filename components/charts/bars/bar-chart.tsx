"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { formatAligned } from "@/components/ui/format/format-number";
import { ChartFrame } from "../frame/chart-frame";
import { type BarDatum, prepareBars } from "./prepare-bars";

export type BarChartProps = {
  title: string;
  unit?: string;
  description?: ReactNode;
  bars: readonly BarDatum[];
  format?: (value: number) => string;
  /** False keeps the given order. */
  sort?: boolean;
  colour?: string;
  loading?: boolean;
  empty?: ReactNode;
  actions?: ReactNode;
  bare?: boolean;
  className?: string;
};

/** Lying bars with their names and values written out; plain HTML, there at the first paint. */
export function BarChart({ bars, format, sort = true, colour = "var(--series-1)", ...frame }: BarChartProps) {
  const prepared = prepareBars(bars, sort);
  const hasMarks = bars.some((bar) => bar.mark !== undefined);
  const values = prepared.bars.map((bar) => bar.value);
  const texts = format ? values.map((value) => (value === null ? "–" : format(value))) : formatAligned(values);
  return (
    <ChartFrame
      {...frame}
      isEmpty={bars.length === 0}
      height={bars.length === 0 ? 80 : bars.length * 24}
      data={() => ({
        columns: ["Name", frame.unit ?? "Value", ...(hasMarks ? ["Held against"] : [])],
        rows: prepared.bars.map((bar) => [bar.label, bar.value, ...(hasMarks ? [bar.mark ?? null] : [])]),
      })}
    >
      <ul className="grid grid-cols-[minmax(4rem,max-content)_minmax(0,1fr)_max-content] text-label">
        {prepared.bars.map((bar, index) => (
          <li key={bar.id} data-tip={bar.note} className="col-span-3 grid h-6 grid-cols-subgrid items-center gap-x-3">
            <span className="max-w-44 truncate">
              {bar.href ? (
                <Link href={bar.href} className="hover:underline">
                  {bar.label}
                </Link>
              ) : (
                bar.label
              )}
            </span>
            <span aria-hidden className="relative h-3">
              <span
                className="absolute inset-y-0 rounded-xs"
                style={{ left: `${bar.left}%`, width: `max(1px, ${bar.width}%)`, background: colour }}
              />
              {bar.markAt !== null && (
                <span className="absolute -inset-y-1 w-0.5 bg-ink" style={{ left: `calc(${bar.markAt}% - 1px)` }} />
              )}
              {prepared.zero > 0 && (
                <span className="absolute -inset-y-1.5 w-px bg-control" style={{ left: `${prepared.zero}%` }} />
              )}
            </span>
            <span className="text-right">{texts[index]}</span>
          </li>
        ))}
      </ul>
    </ChartFrame>
  );
}
