import { formatCount } from "@/components/ui/format/format-number";
import { ColumnHeads } from "@/components/ui/layout/column-heads";
import { ScrollRegion } from "@/components/ui/layout/scroll-region";
import { Section } from "@/components/ui/layout/section";
import { metricNames } from "@/server/domains/evaluations/contract/metric-names";
import type { EvaluationResult, MetricName } from "@/server/domains/evaluations/contract/result";
import { estimateText, metricTitles } from "./metric-words";

type Slice = EvaluationResult["slices"][number];

function Row({
  label,
  scope,
  isGated,
}: {
  label: string;
  scope: Pick<Slice, "support" | "metrics">;
  isGated: boolean;
}) {
  return (
    <tr className="h-8 border-line border-b last:border-b-0">
      <th scope="row" className="whitespace-nowrap px-3 text-left font-normal">
        {label} {!isGated && <span className="text-faint">shown, not judged</span>}
      </th>
      {metricNames.map((name: MetricName) => (
        <td key={name} className="whitespace-nowrap px-3 text-right">
          {estimateText(scope.metrics[name], 3)}
        </td>
      ))}
      <td className="px-3 text-right">{formatCount(scope.support.rows)}</td>
      <td className="px-3 text-right">{formatCount(scope.support.positives)}</td>
      <td className="px-3 text-right">{scope.support.clusters ?? "–"}</td>
    </tr>
  );
}

export function SliceTable({ result, intervals }: { result: EvaluationResult; /** How the intervals come about. */ intervals: string }) {
  return (
    <Section title="Slices" description={`Each metric with its two-sided interval: ${intervals}.`} flush>
      <ScrollRegion label="Slices">
        <table className="w-full text-table tabular-nums">
          <ColumnHeads titles={["Slice", ...metricNames.map((name) => metricTitles[name]), "Rows", "Positives", "Clusters"]} />
          <tbody>
            <Row label="All" scope={result.overall} isGated />
            {result.slices.map((slice) => (
              <Row
                key={`${slice.slice.name} ${slice.slice.label}`}
                label={`${slice.slice.name} ${slice.slice.label}`}
                scope={slice}
                isGated={slice.slice.gated}
              />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Section>
  );
}
