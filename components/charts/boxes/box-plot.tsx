"use client";

import { useMemo } from "react";
import { formatValue } from "@/components/ui/format/format-number";
import { ChartFrame } from "../frame/chart-frame";
import { percentOf, tickLabels } from "../ticks";
import { type Box, type BoxGroup, prepareBoxes } from "./prepare-boxes";

export type BoxPlotProps = { title: string; unit?: string; groups: readonly BoxGroup[]; bare?: boolean; className?: string };

const rowHeight = 34;
const pointsAtMost = 400;

/** Lying boxes under each other, so that long names and many groups have room: quartiles, Tukey's whiskers, mean, and each value. */
export function BoxPlot({ groups, ...frame }: BoxPlotProps) {
  const { boxes, domain, ticks } = useMemo(() => prepareBoxes(groups), [groups]);
  const labels = tickLabels(ticks);
  const at = (value: number) => `${percentOf(value, domain)}%`;
  return (
    <ChartFrame
      {...frame}
      isEmpty={boxes.length === 0}
      empty="No run has a value of it."
      height={boxes.length === 0 ? 120 : undefined}
      data={() => ({
        columns: ["Group", "Runs", "Lowest", "Q1", "Median", "Mean", "Q3", "Highest"],
        rows: boxes.map(({ label, n, points, q1, median, mean, q3 }) => [label, n, Math.min(...points.map(({ value }) => value)), q1, median, mean, q3, Math.max(...points.map(({ value }) => value))]),
      })}
      legend={<p className="mt-2 text-label text-muted">Box: quartiles and median. Diamond: mean. Whiskers: values within 1.5 interquartile ranges.</p>}
    >
      <ul className="grid grid-cols-[minmax(5rem,max-content)_minmax(0,1fr)_max-content] gap-x-3 text-label">
        {boxes.map((box) => (
          <li key={box.id} className="col-span-3 grid grid-cols-subgrid items-center">
            <span className="max-w-56 truncate max-sm:max-w-24" data-tip={box.label}>
              {box.label}
            </span>
            <BoxMark box={box} at={at} share={percentOf(box.q3, domain) - percentOf(box.q1, domain)} ticks={ticks} />
            <span className="text-right text-muted tabular-nums">
              {formatValue(box.median)} <span className="max-sm:hidden">· n {box.n}</span>
            </span>
          </li>
        ))}
        <li aria-hidden className="col-span-3 grid h-5 grid-cols-subgrid">
          <span />
          <span className="relative text-[11px] text-muted">
            {ticks.map((tick, index) => (
              <span key={tick} className="absolute -translate-x-1/2" style={{ left: at(tick) }}>
                {labels[index]}
              </span>
            ))}
          </span>
          <span />
        </li>
      </ul>
    </ChartFrame>
  );
}

/** A place between the rows' edges that is the same at every drawing. */
const jitter = (index: number) => 0.5 + (((index * 0.618) % 1) - 0.5) * 0.5;

type BoxMarkProps = { box: Box; at: (value: number) => string; /** The box's width in percent. */ share: number; ticks: readonly number[] };

function BoxMark({ box, at, share, ticks }: BoxMarkProps) {
  const colour = `var(--series-${box.colour})`;
  const middle = rowHeight / 2;
  const words = `median ${formatValue(box.median)}, quartiles ${formatValue(box.q1)} and ${formatValue(box.q3)}, mean ${formatValue(box.mean)}`;
  return (
    <svg role="img" aria-label={`${box.label}: ${words}`} data-tip={words} className="block w-full overflow-visible" style={{ height: rowHeight }}>
      {ticks.map((tick) => (
        <line key={tick} x1={at(tick)} x2={at(tick)} y1="0" y2="100%" stroke="var(--line)" />
      ))}
      {box.points.slice(0, pointsAtMost).map((point, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: points have no other identity
        <circle key={index} cx={at(point.value)} cy={rowHeight * jitter(index)} r="2" fill={colour} opacity="0.45" />
      ))}
      <g stroke={colour} strokeWidth="1.5">
        <line x1={at(box.low)} x2={at(box.q1)} y1={middle} y2={middle} />
        <line x1={at(box.q3)} x2={at(box.high)} y1={middle} y2={middle} />
        <line x1={at(box.low)} x2={at(box.low)} y1={middle - 5} y2={middle + 5} />
        <line x1={at(box.high)} x2={at(box.high)} y1={middle - 5} y2={middle + 5} />
        <rect x={at(box.q1)} y={middle - 8} width={`${share}%`} height="16" fill={colour} fillOpacity="0.14" />
        <line x1={at(box.median)} x2={at(box.median)} y1={middle - 8} y2={middle + 8} strokeWidth="3" />
      </g>
      <svg x={at(box.mean)} y={middle} overflow="visible" aria-hidden="true">
        <path d="M0 -4.5 L4.5 0 L0 4.5 L-4.5 0 Z" fill="var(--panel)" stroke="var(--ink)" strokeWidth="1.2" />
      </svg>
    </svg>
  );
}
