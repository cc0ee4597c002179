/** What a page of charts is given: some runs, and the metrics that they have. */
import type { SeriesLook } from "@/components/charts/colour-of";
import type { ComparedRuns } from "@/server/domains/experiments/contract/compare";
import type { BetterEnd } from "@/server/domains/experiments/contract/run";

export type ChartedRun = {
  id: string;
  name: string;
  /** In a comparison: its look there, not its own. */
  look?: SeriesLook;
};

/** `points` of the longest run, and `total` of all: what is known without reading a curve. */
export type ChartedMetric = { key: string; points: number; total: number; better?: BetterEnd };

/** Runs that are drawn as one line, their mean, with a band of one standard deviation. */
export type RunGroup = { name: string; look?: SeriesLook; runIds: readonly string[] };

export type Charted = {
  project: string;
  /** How the server is told which runs. */
  asked: ComparedRuns;
  runs: readonly ChartedRun[];
  metrics: readonly ChartedMetric[];
  /** Live topics that tell of new points. */
  topics?: readonly string[];
  baselineId?: string | null;
  groups?: readonly RunGroup[] | null;
};
