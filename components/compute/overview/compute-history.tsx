"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsInteger, useQueryState } from "nuqs";
import { useMemo } from "react";
import { LinePanel } from "@/components/charts/lines/line-panel";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { formatPlain } from "@/components/ui/format/format-number";
import { Segmented } from "@/components/ui/forms/segmented";
import { estimateRecordWords } from "./estimate-words";
import { historyLines, waitUnit } from "./history-lines";

const spans = [
  { value: "24", label: "24 h" },
  { value: "168", label: "7 d" },
  { value: "720", label: "30 d" },
] as const;

const twoFigures = (value: number) => formatPlain(value, 2);

/** What ended, how long jobs waited and what was used, by the hour. */
export function ComputeHistory({ project }: { project: string }) {
  const trpc = useTRPC();
  const [chosen, setHours] = useQueryState("hours", parseAsInteger.withDefault(24));
  const hours = spans.some((span) => span.value === String(chosen)) ? chosen : 24;
  const asked = trpc.compute.getHistory.queryOptions({ project, hours }, { placeholderData: keepPreviousData });
  const { data, dataUpdatedAt } = useQuery(asked);
  useLive(["jobs"], [asked.queryKey]);
  const lines = useMemo(() => historyLines(data ?? [], hours, dataUpdatedAt), [data, hours, dataUpdatedAt]);
  const shared = { xMode: "wall", syncGroup: "history", height: 140, loading: !data } as const;
  const isEmpty = data?.length === 0;
  const used = lines.used.map((line) => (isEmpty ? { ...line, points: [] } : line));
  return (
    <section aria-labelledby="history-title" className="min-h-70">
      <div className="mb-2 flex items-center gap-3">
        <h2 id="history-title" className="flex-1 text-heading">
          History
        </h2>
        <Segmented label="Time range" options={spans} value={String(hours) as "24" | "168" | "720"} onValueChange={(value) => void setHours(Number(value))} />
      </div>
      <EstimateRecordText project={project} hours={hours} />
      <div className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,22rem),1fr))] gap-3">
        <LinePanel {...shared} title="Jobs ended" unit="per hour" series={isEmpty ? [] : lines.ended} format={formatPlain} empty="No job ended in this time." />
        <LinePanel {...shared} title="Wait before the start" unit={`${waitUnit(data ?? []).unit}, median of the hour`} series={isEmpty ? [] : lines.waited} format={(value) => `${formatPlain(value, 2)} ${waitUnit(data ?? []).unit}`} empty="No job ended in this time." />
        <LinePanel {...shared} title="Time given out" unit="hours per hour" series={used} format={(value) => `${twoFigures(value)} h`} empty="No job ended in this time." />
      </div>
    </section>
  );
}

/** How far the queue's estimates can be relied on. */
function EstimateRecordText({ project, hours }: { project: string; hours: number }) {
  const trpc = useTRPC();
  const asked = trpc.compute.getEstimateRecord.queryOptions({ project, hours }, { placeholderData: keepPreviousData });
  const { data } = useQuery(asked);
  useLive(["jobs"], [asked.queryKey]);
  const words = data && estimateRecordWords(data);
  return words ? <p className="mb-2 text-muted text-table">{words}</p> : null;
}
