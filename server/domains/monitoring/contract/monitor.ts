/** Inputs and views of monitors: their state, their windows, drift by feature. Browser-safe. */
import { z } from "zod";
import type { TrafficView } from "@/server/domains/models/serving/contract";
import type { OperationView } from "@/server/platform/operations";
import type { AlertView } from "./alert";
import { type Measure, MonitorDefinition, MonitorName } from "./definition";

export const MonitorRef = z.object({ name: MonitorName });
export const ReadSeriesInput = MonitorRef.extend({
  /** Without a rule: for each rule and window its worst column. */
  rule: z.string().max(63).nullable().default(null),
  column: z.string().max(200).nullable().default(null),
  windows: z.number().int().min(1).max(400).default(60),
  hours: z.number().int().min(0).max(2_000).default(168),
});
export const ReadDriftInput = MonitorRef.extend({
  /** Of the distribution now: the last so many hours before the watermark. */
  hours: z.number().int().min(1).max(60 * 24).default(168),
  /** One column comes with finer bins. */
  column: z.string().max(200).nullable().default(null),
});

const { model, reference, rules, calibrate, min_rows } = MonitorDefinition.shape;
/** A monitor as it shall be. Who edits one says as of when: what someone else saved since then is not overwritten. */
export const ApplyMonitorInput = MonitorDefinition.extend({ unlessChangedSince: z.iso.datetime({ offset: true }).nullable().default(null) });

/** Rules as someone would have them, tried on a reference that a model's champion scores; no monitor need be there yet. */
export const PreviewRulesInput = z.object({ model, reference, rules, calibrate, min_rows });

export const monitorStates = ["healthy", "degraded", "calibrating", "no_data"] as const;
export type MonitorState = (typeof monitorStates)[number];
export const verdicts = ["ok", "breach", "too_little"] as const;
export type Verdict = (typeof verdicts)[number];

/** `worst` is the largest deviation seen in the reference's windows; a value beyond low or high breaks the rule. */
export type Limit = { rule: string; column: string; centre: number; worst: number; low: number | null; high: number | null; windows: number };
export type Backtest = {
  rule: string; measure: Measure; windows: number;
  /** With these limits, on the reference itself. */
  fired: number;
  /** An honest check: limits from its first half, judged on its second. */
  halfWindows: number; halfFired: number;
  /** With the textbook's limit (PSI 0.25); null where there is none. */
  textbookFired: number | null;
  /** Each window's worst column, in limits: for a chart with any other factor. */
  series: { endsAt: string; column: string; value: number; ratio: number }[];
};
/** `limits` is how many columns were given one; series are left out. */
export type RulesPreview = { rows: number; modelVersion: number; backtest: Backtest[]; limits: number };
export type BaselineView = {
  id: string; monitorVersion: number; modelVersion: number; datasetId: string; datasetName: string; rows: number; limits: Limit[]; backtest: Backtest[]; tookMs: number; createdAt: Date;
};
export type WindowView = {
  rule: string; column: string; startsAt: Date; endsAt: Date; value: number | null; low: number | null; high: number | null; rows: number; verdict: Verdict; ratio: number | null; modelVersion: number;
};
export type RuleView = { name: string; measure: Measure; of: "features" | "score" | null; windowMs: number; title: string; judgedTo: Date | null; nextEndsAt: Date | null; breaches: number; current: WindowView[] };
/** `labelled` are those of the `predictions` that the monitor read with a label, counted by the day; `waiting` are labels without a prediction. */
export type LabelCounts = { received: number; predictions: number; labelled: number; joined: number; waiting: number; duplicates: number; conflicting: number; late: number; unsampled: number; dropped: number; watermark: Date | null };
export type MonitorSummary = {
  id: string; name: string; description: string; owner: string; model: string; version: number; state: MonitorState;
  /** On the stream's clock where `sinceClock` says so, else on the server's. */
  since: Date; sinceClock: "stream" | "server"; watermark: Date | null; championVersion: number | null; openAlerts: number; rowsFolded: number;
  /** The window nearest to its limit, or furthest beyond, and its rule in words. */
  worst: WindowView | null; worstTitle: string | null;
  /** The newest window of each rule of labels. */
  quality: { measure: Measure; window: WindowView }[];
  /** Of the last hour, on the server's clock. */
  traffic: TrafficView["total"]; error: string | null;
};
export type MonitorView = MonitorSummary & {
  definition: MonitorDefinition; appliedBy: string; updatedAt: Date; baseline: BaselineView | null; operation: OperationView | null; rules: RuleView[]; alerts: AlertView[];
  labels: LabelCounts; rowsAhead: number; rowsUntimed: number;
};
export type HourView = { hour: Date; rows: number; meanScore: number | null };
export type SeriesView = { windows: WindowView[]; hours: HourView[]; labelDays: { day: Date; version: number; labels: number; positives: number; logLoss: number; meanScore: number }[] };

/** A bin is (from, to]; null is unbounded. Shares are of the values that are there. */
export type DriftBin = { from: number | null; to: number | null; reference: number; current: number; contribution: number };
export type ColumnDrift = {
  column: string; isScore: boolean; rows: number; psi: number | null; psiDay: number | null;
  /** The largest distance between the distributions lies between these two. */
  ks: number | null; ksUpper: number | null; nullShare: number | null; referenceNullShare: number; limit: number | null; ratio: number | null; firstBadWindow: Date | null; bins: DriftBin[];
};
export type DriftView = { watermark: Date | null; from: Date | null; to: Date | null; rows: number; modelVersion: number | null; columns: ColumnDrift[] };

export type ProposedReference = {
  /** The dataset that the champion was trained on: which version of it, the newest there is, and the champion's version. */
  trainedOn: { dataset: string; datasetVersion: number; newestVersion: number; version: number } | null;
  /** When the model's live traffic begins, by its own time: a reference lies before it. */
  liveFrom: Date | null;
  /** The split on which the model's suite judges its versions. */
  judgedOn: string | null;
};
