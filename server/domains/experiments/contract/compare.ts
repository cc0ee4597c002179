/** What a comparison of many runs asks for: a kept set of runs, and of each metric one column over all of them. Browser-safe. */
import { z } from "zod";
import { comparedAtMost, namedInAddress } from "./compare-limits";
import { type BetterEnd, EntityKey, type RunStatus } from "./run";

export const KeepRunSetInput = z.object({ runIds: z.array(z.uuid()).min(2).max(comparedAtMost) });

/** The runs themselves, or a set that was kept. */
export const ComparedRuns = z.object({
  runIds: z.array(z.uuid()).max(namedInAddress).default([]),
  set: z.string().regex(/^[0-9a-f]{20}$/).nullable().default(null),
});
export type ComparedRuns = z.input<typeof ComparedRuns>;

export const MetricColumnsInput = ComparedRuns.extend({ keys: z.array(EntityKey).min(1).max(50) });

export const CurvesInput = ComparedRuns.extend({
  key: EntityKey,
  /** Points a curve at most, where there are few curves; of many, fewer each. */
  points: z.number().int().min(10).max(2_000).default(600),
  fromStep: z.number().int().nullable().default(null),
  toStep: z.number().int().nullable().default(null),
  /** Instead of points that keep every extremum: means over shares of the steps, the same shares for all runs. */
  means: z.boolean().default(false),
  /** Whether the points' times are given beside their steps. */
  times: z.boolean().default(false),
});

export type ComparedRun = {
  id: string;
  name: string;
  experimentNo: number;
  experimentName: string;
  status: RunStatus;
  lifecycleStage: "active" | "deleted";
  startTime: number | null;
  endTime: number | null;
};

/** `values` stand in the order of the runs; long ones are cut. */
export type PairColumn = { key: string; values: (string | null)[] };

/** How many of the runs have a metric, how many points the longest has, and all of them together. */
export type ComparedMetric = { key: string; runs: number; points: number; total: number; better?: BetterEnd };

export type Comparison = { runs: ComparedRun[]; missing: number; params: PairColumn[]; tags: PairColumn[]; /** What each run read, `flights 2887f98c`, in the order of the runs; null where none was logged. */ datasets: (string | null)[]; metrics: ComparedMetric[] };

/** Summaries of a metric in the order of the runs; null where a run has none. */
export type MetricColumn = {
  key: string;
  better?: BetterEnd;
  last: (number | null)[];
  lastStep: (number | null)[];
  min: (number | null)[];
  minStep: (number | null)[];
  max: (number | null)[];
  maxStep: (number | null)[];
};

type Columns = { steps: number[]; times: number[]; values: number[] };
type Attempts<Line> = { attempts?: { number: number; step: number }[]; superseded?: (Line & { attempt: number })[] };
/**
 * One run's points as columns. Of a run with several attempts one line: `attempts` says from which step on each later one is drawn,
 * `superseded` (of a few runs) what it took the place of.
 */
export type Curve = Columns & Attempts<Columns> & { runId: string; total: number };
/** The same on the wire: `points` are columns as text (`rules/compare/packed-curve.ts`). */
export type PackedCurve = { points: string } & Attempts<{ points: string }> & { runId: string; total: number };
