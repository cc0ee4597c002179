"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryState } from "nuqs";
import { useEffect, useMemo, useRef } from "react";
import { BarChart } from "@/components/charts/bars/bar-chart";
import { ShareBars } from "@/components/charts/spark/share-bars";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { QuerySection } from "@/components/trpc/query-section";
import { cn } from "@/components/ui/class-names";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { TableSkeleton } from "@/components/ui/feedback/skeletons";
import { formatPercent, withMinus } from "@/components/ui/format/format-number";
import { Section } from "@/components/ui/layout/section";
import type { ColumnDrift, DriftView } from "@/server/domains/monitoring/contract/monitor";
import { columnTitle, streamTime } from "./measure-words";

const edge = (value: number) => withMinus(String(Number(value.toPrecision(3))));

const three = (value: number | null) => (value === null ? "–" : value.toFixed(3));

function binLabel({ from, to }: ColumnDrift["bins"][number]): string {
  if (from === null) return to === null ? "all" : `up to ${edge(to)}`;
  return to === null ? `above ${edge(from)}` : `${edge(from)} to ${edge(to)}`;
}

/** An alert's link ends here; the table above it comes after the page, so the browser's own jump finds nothing. */
function Distribution({ drift }: { drift: ColumnDrift }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (window.location.hash === "#distribution") place.current?.scrollIntoView({ block: "center" });
  }, []);
  const bars = useMemo(
    () =>
      drift.bins.map((bin, index) => {
        const label = binLabel(bin);
        return { id: String(index), label, value: bin.current, mark: bin.reference, note: `reference ${formatPercent(bin.reference, 1)}` };
      }),
    [drift],
  );
  return (
    <div id="distribution" ref={place}>
      <BarChart title={`Distribution of ${columnTitle(drift.column)}, now against the reference`} description="Share of values in each group of the reference, lowest values first; the tick is the reference's own share." sort={false} bars={bars} format={(value) => formatPercent(value, 1)} />
    </div>
  );
}

/** Nothing is steady or drifted by a limit that it does not have. */
function stateOf({ psi, limit, ratio }: ColumnDrift) {
  if (psi === null || limit === null) return <span className="text-muted">{psi === null ? "too few rows" : "no limit"}</span>;
  const isOver = (ratio ?? 0) > 1;
  return <StateBadge state={isOver ? "degraded" : "healthy"} word={isOver ? "drifted" : "steady"} />;
}

function Rows({ drift, chosen, choose }: { drift: DriftView; chosen: string | null; choose: (column: string) => void }) {
  return (
    <div className="quiet-scroll relative overflow-x-auto">
      <table className="w-full text-table tabular-nums">
        <thead className="text-label text-muted">
          <tr className="border-line border-b">
            {["Feature", "State", "PSI, 7 days", "Limit, 7 days", "Now over reference", "KS, 7 days", "Absent", "Beyond since", "PSI, last day (no limit)"].map((header) => (
              <th key={header} scope="col" className="whitespace-nowrap px-3 py-1.5 text-right font-medium first:text-left [&:nth-child(2)]:text-left">{header}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {drift.columns.map((column) => (
            <tr key={column.column} className={cn("h-8 border-line border-b last:border-b-0", column.column === chosen && "bg-well")}>
              <th scope="row" className="whitespace-nowrap px-3 text-left font-normal"><button type="button" className="rounded-sm text-accent-text hover:underline aria-pressed:font-medium" aria-pressed={column.column === chosen} onClick={() => choose(column.column)}>{columnTitle(column.column)}</button></th>
              <td className="px-3">{stateOf(column)}</td>
              <td className="px-3 text-right">{three(column.psi)}</td>
              <td className="px-3 text-right">{three(column.limit)}</td>
              <td className="px-3 text-right">{column.bins.length > 0 && <ShareBars label={`${columnTitle(column.column)}: share of each tenth of the reference, now`} now={column.bins.map((bin) => bin.current)} reference={column.bins.map((bin) => bin.reference)} />}</td>
              <td className="px-3 text-right">{three(column.ks)}</td>
              <td className="px-3 text-right">{column.nullShare === null ? "–" : formatPercent(column.nullShare, 1)}</td>
              <td className="px-3 text-right">{column.firstBadWindow ? streamTime(column.firstBadWindow) : "–"}</td>
              <td className="px-3 text-right text-muted">{three(column.psiDay)}</td>
            </tr>
          ))}
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
            <Section title="Features by contribution" description={drift.watermark ? `The week to ${streamTime(drift.watermark)} on the stream's clock, against the reference; ${drift.columns.some(({ limit }) => limit !== null) ? "the furthest from its own limit first. Limits are for 7 days; one day alone is not judged." : "the largest PSI first. No rule on PSI is over 7 days, so there are no limits here."}` : "No inference was seen yet."} flush>
              <Rows drift={drift} chosen={shown?.column ?? null} choose={(column) => void choose(column)} />
            </Section>
            {shown && shown.bins.length > 0 && <Distribution drift={shown} />}
          </div>
        );
      }}
    </QuerySection>
  );
}
