"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryState } from "nuqs";
import { useMemo } from "react";
import { BarChart } from "@/components/charts/bars/bar-chart";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { QuerySection } from "@/components/trpc/query-section";
import { Button } from "@/components/ui/actions/button";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { TableSkeleton } from "@/components/ui/feedback/skeletons";
import { formatPercent } from "@/components/ui/format/format-number";
import { formatAbsolute } from "@/components/ui/format/format-time";
import { Section } from "@/components/ui/layout/section";
import type { ColumnDrift, DriftView } from "@/server/domains/monitoring/contract/monitor";
import { columnTitle } from "./measure-words";

const three = (value: number | null) => (value === null ? "–" : value.toFixed(3));

function Distribution({ drift }: { drift: ColumnDrift }) {
  const bars = useMemo(
    () =>
      drift.bins.map((bin, index) => {
        const label = `${bin.from === null ? "−∞" : bin.from.toPrecision(3)} – ${bin.to === null ? "∞" : bin.to.toPrecision(3)}`;
        return { id: String(index), label, value: bin.current, note: `reference ${formatPercent(bin.reference, 1)}` };
      }),
    [drift],
  );
  return <BarChart title={`${columnTitle(drift.column)}: now against the reference`} description="Share of values in each of the reference's ten equal groups; an unchanged feature stands at 10 % in each." bars={bars} format={(value) => formatPercent(value, 1)} />;
}

function Rows({ drift, chosen, choose }: { drift: DriftView; chosen: string | null; choose: (column: string) => void }) {
  return (
    <div className="quiet-scroll overflow-x-auto">
      <table className="w-full text-table tabular-nums">
        <thead className="text-label text-muted">
          <tr className="border-line border-b">
            {["Feature", "State", "PSI, 7 days", "PSI, last day", "Limit", "KS", "Absent", "First bad window", ""].map((header) => (
              <th key={header} scope="col" className="px-3 py-1.5 text-right font-medium first:text-left [&:nth-child(2)]:text-left">{header || <span className="sr-only">Distribution</span>}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {drift.columns.map((column) => {
            const isOver = column.ratio !== null && column.ratio > 1;
            return (
              <tr key={column.column} className="h-8 border-line border-b last:border-b-0" aria-selected={column.column === chosen}>
                <th scope="row" className="px-3 text-left font-normal">{columnTitle(column.column)}</th>
                <td className="px-3"><StateBadge state={isOver ? "degraded" : "healthy"} word={isOver ? "drifted" : "steady"} /></td>
                <td className="px-3 text-right">{three(column.psi)}</td>
                <td className="px-3 text-right">{three(column.psiDay)}</td>
                <td className="px-3 text-right">{three(column.limit)}</td>
                <td className="px-3 text-right">{three(column.ks)}</td>
                <td className="px-3 text-right">{column.nullShare === null ? "–" : formatPercent(column.nullShare, 1)}</td>
                <td className="px-3 text-right">{column.firstBadWindow ? formatAbsolute(column.firstBadWindow, "UTC") : "–"}</td>
                <td className="px-3 text-right"><Button size="sm" variant="ghost" onClick={() => choose(column.column)}>Show</Button></td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** Features by contribution: the worst against its own limit first. */
export function DriftTable({ project, name }: { project: string; name: string }) {
  const trpc = useTRPC();
  const [chosen, choose] = useQueryState("feature");
  const options = trpc.monitoring.readFeatureDrift.queryOptions({ project, name });
  const query = useQuery(options);
  useLive([`monitor:${name}`], [options.queryKey]);
  return (
    <QuerySection query={query} title="The drift could not be read" loading={<TableSkeleton rows={8} columns={7} />}>
      {(drift) => {
        const shown = drift.columns.find((column) => column.column === chosen) ?? drift.columns[0];
        return (
          <div className="grid gap-4">
            <Section title="Features" description={drift.watermark ? `The week to ${formatAbsolute(drift.watermark, "UTC")} on the stream's clock, against the reference.` : "No inference was seen yet."} flush>
              <Rows drift={drift} chosen={shown?.column ?? null} choose={(column) => void choose(column)} />
            </Section>
            {shown && shown.bins.length > 0 && <Distribution drift={shown} />}
          </div>
        );
      }}
    </QuerySection>
  );
}
