import { cn } from "@/components/ui/class-names";
import type { BetterEnd, RunView } from "@/server/domains/experiments/contract/run";
import { betterEnd, isBetter } from "../../metrics/better-end";
import { formatMetric, metricDigits, signedMetric } from "../../metrics/metric-format";
import type { RunColumn } from "./curve-column";
import { aggregates, fieldValue, type MetricField, metricColumnKey } from "@/server/domains/experiments/rules/table/metric-field";

const ended = { max: "Higher is better", min: "Lower is better" } as const;
const aggregateWords = { last: "last value", max: "greatest value", min: "least value", mean: "mean of its values" } as const;

/** Room for a signed difference and its mark. */
const differenceWidth = 76;

type DifferenceProps = { end: BetterEnd | null; value: number; than: number; digits: number | null };

/** The sign is that of the number; whether that is better is said by a mark of its own, its colour and in words. */
function Difference({ end, value, than, digits }: DifferenceProps) {
  const text = signedMetric(value - than, digits);
  // Less than what is shown of it is neither better nor worse to who reads it.
  const better = /[1-9]/.test(text) ? isBetter(end, value, than) : null;
  return (
    <span className={cn("text-label", better === true && "text-succeeded", better === false && "text-failed", better === null && "text-muted")}>
      {text}
      {better !== null && (
        <>
          <span aria-hidden className="pl-0.5 text-[9px]">{better ? "▲" : "▼"}</span>
          <span className="sr-only">{better ? " better" : " worse"}</span>
        </>
      )}
    </span>
  );
}

export type MetricColumnInput = { field: MetricField; /** As its recipes promise. */ better?: BetterEnd; rows: readonly RunView[]; baseline: RunView | null };

/** Decimals are those of the rows in sight, so that points align. */
export function metricColumn({ field, better, rows, baseline }: MetricColumnInput): RunColumn {
  const { key, aggregate } = field;
  const header = aggregate === "last" ? key : `${aggregate} ${key}`;
  const end = betterEnd({ key, better });
  const than = baseline && fieldValue(baseline.metrics, field);
  const compared = baseline ? `Differences are to ${baseline.name}${end ? ": ▲ better, ▼ worse" : ""}.` : "";
  let known: number | null | undefined;
  const digitsOf = () => {
    if (known === undefined) known = metricDigits([...rows, ...(baseline ? [baseline] : [])].map((row) => fieldValue(row.metrics, field)));
    return known;
  };
  return {
    key: metricColumnKey(field),
    header,
    group: "Metrics",
    help: [`${key}, ${aggregateWords[aggregate]}.`, end && `${ended[end]}, ${better ? "as its recipe promises" : "judged by its name"}.`, compared].filter(Boolean).join(" "),
    variants: aggregate === "last" ? aggregates.map((each) => ({ key: metricColumnKey({ key, aggregate: each }), label: each })) : undefined,
    width: Math.max(84, Math.min(200, header.length * 7 + 30)) + (baseline ? differenceWidth : 0),
    align: "right",
    sortable: true,
    cell: (run) => {
      const value = fieldValue(run.metrics, field);
      const text = formatMetric(value, digitsOf());
      if (!baseline) return text;
      return (
        <span className="inline-flex w-full items-baseline justify-end">
          <span>{text}</span>
          <span className="w-[76px] shrink-0 text-right">
            {run.id !== baseline.id && typeof value === "number" && typeof than === "number" && <Difference end={end} value={value} than={than} digits={digitsOf()} />}
          </span>
        </span>
      );
    },
    value: (run) => fieldValue(run.metrics, field),
  };
}
