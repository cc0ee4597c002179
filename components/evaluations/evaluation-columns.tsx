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
    key: name, header: metricTitles[name], align: "right", width: name === "brier" ? 84 : 78, value: ({ made }) => made?.metrics[name].value,
    cell: ({ made }) => (made ? <span data-tip={estimateText(made.metrics[name])}>{made.metrics[name].value?.toFixed(4) ?? "–"}</span> : "–"),
  };
}

type Look = { state: string; word: string; reason?: string };

/** One that is there and whose features differ online is not simply done. */
export function lookOf({ asked, made }: Pick<EvaluationRow, "asked" | "made">): Look {
  if (made && differsOnline(made)) return { state: "warning", word: skewWord, reason: skewReason(made) };
  return { ...requestLooks[asked?.state ?? "done"], reason: asked?.reason ?? undefined };
}

const versioned = ({ name, version }: { name: string; version: number }) => `${name} v${version}`;

/** Names that are longer than their column are read on pointing at them. */
const Name = ({ text }: { text: string }) => <span data-tip={text.length > 17 ? text : undefined}>{text}</span>;

/** Together no wider than a window of 1440 has room for, whatever the names. */
export const evaluationColumns: DataColumn<EvaluationRow>[] = [
  { key: "model", header: "Model", fit: { atLeast: 120, atMost: 206 }, cell: (row) => <Name text={row.model.name} />, value: (row) => row.model.name },
  { key: "state", header: "State", fit: { atLeast: 112, atMost: 150 }, cell: (row) => <StateBadge {...lookOf(row)} />, value: (row) => lookOf(row).word },
  { key: "suite", header: "Suite", fit: { atLeast: 90, atMost: 146 }, cell: (row) => <Name text={versioned(row.suite)} />, value: (row) => versioned(row.suite) },
  { key: "dataset", header: "Dataset", fit: { atLeast: 90, atMost: 146 }, cell: (row) => <Name text={versioned(row.dataset)} />, value: (row) => versioned(row.dataset) },
  metricColumn("log_loss"), metricColumn("auc"), metricColumn("brier"), metricColumn("ece"),
  { key: "rows", header: "Rows", align: "right", width: 66, cell: ({ made }) => (made ? formatCount(made.support.rows) : "–"), value: ({ made }) => made?.support.rows },
  { key: "clusters", header: "Clusters", align: "right", width: 76, optional: true, cell: ({ made }) => made?.support.clusters ?? "–", value: ({ made }) => made?.support.clusters },
  { key: "created", header: "Evaluated", width: 104, cell: (row) => <RelativeTime at={row.createdAt} />, value: (row) => row.createdAt.toISOString() },
];
