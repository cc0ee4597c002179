"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useTRPC } from "@/components/trpc/client";
import { QuerySection } from "@/components/trpc/query-section";
import { TableSkeleton } from "@/components/ui/feedback/skeletons";
import { formatProbability, formatSigned } from "@/components/ui/format/format-difference";
import { Segmented } from "@/components/ui/forms/segmented";
import { ColumnHeads } from "@/components/ui/layout/column-heads";
import { ScrollRegion } from "@/components/ui/layout/scroll-region";
import { Section } from "@/components/ui/layout/section";
import { disagreementOrders } from "@/server/domains/evaluations/contract/disagreement-orders";
import type { Disagreement } from "@/server/domains/evaluations/contract/evaluation";

type Props = { project: string; comparisonId: string; candidate: string; baseline: string };

const orderLabels = { difference: "Difference", harm: "Harm", gain: "Gain" };

const orderWords = {
  difference: "The largest differences in score first.",
  harm: "Where the candidate loses most in log-loss first.",
  gain: "Where the candidate gains most in log-loss first.",
};

function Rows({ rows, candidate, baseline }: { rows: readonly Disagreement[]; candidate: string; baseline: string }) {
  const slices = Object.keys(rows[0]?.slices ?? {});
  return (
    <ScrollRegion label="Examples" className="max-h-96">
      <table className="w-full text-table tabular-nums">
        <ColumnHeads titles={["Example", "Label", candidate, baseline, "Δ score", "Δ loss", ...slices]} sticky />
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className="h-8 border-line border-b last:border-b-0">
              <th scope="row" className="px-3 text-left font-mono font-normal">
                {row.id}
              </th>
              <td className="px-3 text-right">{row.label}</td>
              <td className="px-3 text-right">{formatProbability(row.candidate)}</td>
              <td className="px-3 text-right">{formatProbability(row.baseline)}</td>
              <td className="px-3 text-right">{formatSigned(row.difference, 3)}</td>
              <td className="px-3 text-right">{formatSigned(row.lossDifference, 3)}</td>
              {slices.map((name) => (
                <td key={name} className="px-3 text-right">
                  {row.slices[name] ?? "–"}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

export function Disagreements({ project, comparisonId, candidate, baseline }: Props) {
  const trpc = useTRPC();
  const [order, setOrder] = useQueryState("order", parseAsStringLiteral(disagreementOrders).withDefault("difference"));
  const query = useQuery(trpc.evaluations.listDisagreements.queryOptions({ project, comparisonId, order, limit: 50 }));
  const options = disagreementOrders.map((value) => ({ value, label: orderLabels[value] }));
  return (
    <Section
      title="Where the two disagree most"
      description={orderWords[order]}
      actions={
        <Segmented
          label="Order of the examples"
          options={options}
          value={order}
          onValueChange={(value) => void setOrder(value)}
        />
      }
      flush
    >
      <QuerySection
        query={query}
        title="The examples could not be read"
        loading={<TableSkeleton rows={8} columns={6} />}
      >
        {({ examples }) => <Rows rows={examples} candidate={candidate} baseline={baseline} />}
      </QuerySection>
    </Section>
  );
}
