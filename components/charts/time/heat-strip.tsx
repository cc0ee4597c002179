"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { formatValue } from "@/components/ui/format/format-number";
import { ChartFrame } from "../frame/chart-frame";
import { HeatAxis } from "./heat-axis";
import {
  type HeatCell,
  type HeatLevel,
  type HeatMark,
  type HeatRow,
  type HeatWindow,
  heatCells,
  heatSummary,
  heatTime,
  heatTimes,
  heatWords,
  windowColumns,
} from "./prepare-heat";

export type HeatStripProps = {
  title: string;
  unit?: string;
  description?: ReactNode;
  rows: readonly HeatRow[];
  windows?: readonly HeatWindow[];
  marks?: readonly HeatMark[];
  zone?: string;
  loading?: boolean;
  empty?: ReactNode;
  actions?: ReactNode;
  bare?: boolean;
  className?: string;
};

const looks: Record<HeatLevel, { ground: string; sign: string }> = {
  ok: { ground: "bg-succeeded/22", sign: "" },
  warn: { ground: "bg-warning/40", sign: "!" },
  bad: { ground: "bg-failed/80 text-panel", sign: "×" },
  none: { ground: "hatched", sign: "" },
};

function Cell({ cell, row, told }: { cell: HeatCell; row: HeatRow; told: (at: number) => string }) {
  const look = looks[cell.level];
  const value = cell.value === null ? "" : ` ${formatValue(cell.value)}${row.unit ? ` ${row.unit}` : ""}`;
  return (
    <span
      data-tip={`${told(cell.at)} ${row.label}${value}, ${heatWords[cell.level]}`}
      className={cn("grid h-5 place-items-center overflow-hidden text-[10px] leading-none", look.ground)}
    >
      {look.sign}
    </span>
  );
}

/** One row a signal, one cell a minute: colour by threshold, and a sign so that colour is not needed. */
export function HeatStrip({ rows, windows = [], marks = [], zone, ...frame }: HeatStripProps) {
  const times = heatTimes(rows);
  const told = heatTime(times, zone);
  const columns = { gridTemplateColumns: `repeat(${times.length}, minmax(0, 1fr))` };
  return (
    <ChartFrame
      {...frame}
      height={rows.length * 24 + 24}
      isEmpty={times.length === 0}
      data={() => ({
        columns: ["Time", ...rows.map((row) => (row.unit ? `${row.label}, ${row.unit}` : row.label))],
        rows: times.map((at, index) => [
          told(at),
          ...rows.map((row) => heatCells(row, times)[index]?.value ?? null),
        ]),
      })}
    >
      <div className="grid grid-cols-[minmax(5rem,max-content)_minmax(0,1fr)] gap-x-3">
        {rows.map((row) => {
          const cells = heatCells(row, times);
          return (
            <div key={row.id} className="col-span-2 grid h-6 grid-cols-subgrid items-center">
              <span className="max-w-28 truncate text-label sm:max-w-60">
                {row.href ? (
                  <Link href={row.href} className="hover:underline">
                    {row.label}
                  </Link>
                ) : (
                  row.label
                )}
                <span className="sr-only">: {heatSummary(cells)}</span>
              </span>
              <span aria-hidden className="relative grid gap-px max-sm:gap-0" style={columns}>
                {cells.map((cell) => (
                  <Cell key={cell.at} cell={cell} row={row} told={told} />
                ))}
                <Windows windows={windows.filter((window) => !window.row || window.row === row.id)} times={times} columns={columns} />
              </span>
            </div>
          );
        })}
        <span />
        <HeatAxis times={times} marks={marks} zone={zone} />
      </div>
    </ChartFrame>
  );
}

function Windows({
  windows,
  times,
  columns,
}: {
  windows: readonly HeatWindow[];
  times: readonly number[];
  columns: { gridTemplateColumns: string };
}) {
  return (
    <span className="pointer-events-none absolute -inset-y-0.5 inset-x-0 grid gap-px max-sm:gap-0" style={columns}>
      {windows.map((window) => {
        const at = windowColumns(window, times);
        return at ? (
          <span
            key={`${window.from} ${window.label}`}
            className={cn("border-ink", window.row ? "rounded-xs border-2" : "border-x-2")}
            style={{ gridColumn: `${at[0]} / ${at[1]}`, gridRow: 1 }}
          />
        ) : null;
      })}
    </span>
  );
}
