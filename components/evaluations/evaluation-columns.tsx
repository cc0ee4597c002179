import type { DataColumn } from "@/components/data-table/data-column";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { formatCount } from "@/components/ui/format/format-number";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { EvaluationRequestView, EvaluationSummary } from "@/server/domains/evaluations/contract/evaluation";
import type { MetricName } from "@/server/domains/evaluations/contract/result";
import { estimateText, metricTitles } from "./metric-words";
import { requestLooks } from "./evaluate/request-words";
import { differsOnline, skewReason, skewWord } from "./skew-words";

/** One that is there, or one that was asked for: both stand in one list. */
export type EvaluationRow = Pick<EvaluationSummary, "id" | "suite" | "model" | "dataset" | "createdAt"> & {
  made: EvaluationSummary | null;
  asked: EvaluationRequestView | null;
};

export const rowsOf = (requests: readonly EvaluationRequestView[], evaluations: readonly EvaluationSummary[]): EvaluationRow[] => [
  ...requests.map((asked) => ({ ...asked, made: null, asked })),
  ...evaluations.map((made) => ({ ...made, made, asked: null })),
];

function metricColumn(name: MetricName): DataColumn<EvaluationRow> {
  return {
    key: name, header: metricTitles[name], align: "right", width: name === "brier" ? 92 : 78, value: ({ made }) => made?.metrics[name].value,
    cell: ({ made }) => (made ? <span data-tip={estimateText(made.metrics[name])}>{made.metrics[name].value?.toFixed(4) ?? "–"}</span> : "–"),
  };
}

type Look = { state: string; word: string; reason?: string };

/** One that is there and whose features differ online is not simply done. */
export function lookOf({ asked, made }: Pick<EvaluationRow, "asked" | "made">): Look {
  if (made && differsOnline(made)) return { state: "warning", word: skewWord, reason: skewReason(made) };
  return { ...requestLooks[asked?.state ?? "done"], reason: asked?.reason ?? undefined };
}

export const evaluationColumns: DataColumn<EvaluationRow>[] = [
  { key: "model", header: "Model", fit: { atLeast: 120, atMost: 280 }, cell: (row) => row.model.name, value: (row) => row.model.name },
  { key: "state", header: "State", fit: { atLeast: 112, atMost: 200 }, cell: (row) => <StateBadge {...lookOf(row)} />, value: (row) => lookOf(row).word },
  { key: "suite", header: "Suite", fit: { atLeast: 90, atMost: 240 }, cell: (row) => `${row.suite.name} v${row.suite.version}`, value: (row) => `${row.suite.name} v${row.suite.version}` },
  { key: "dataset", header: "Dataset", fit: { atLeast: 90, atMost: 240 }, cell: (row) => `${row.dataset.name} v${row.dataset.version}`, value: (row) => `${row.dataset.name} v${row.dataset.version}` },
  metricColumn("log_loss"), metricColumn("auc"), metricColumn("brier"), metricColumn("ece"),
  { key: "rows", header: "Rows", align: "right", width: 74, cell: ({ made }) => (made ? formatCount(made.support.rows) : "–"), value: ({ made }) => made?.support.rows },
  { key: "clusters", header: "Clusters", align: "right", width: 76, optional: true, cell: ({ made }) => made?.support.clusters ?? "–", value: ({ made }) => made?.support.clusters },
  { key: "created", header: "Evaluated", width: 108, cell: (row) => <RelativeTime at={row.createdAt} />, value: (row) => row.createdAt.toISOString() },
];
