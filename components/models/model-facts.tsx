"use client";

import { useQuery } from "@tanstack/react-query";
import { Sparkline } from "@/components/charts/spark/sparkline";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { formatCount, formatPlain } from "@/components/ui/format/format-number";
import { LiveNumber } from "@/components/ui/text/live-number";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { ModelView } from "@/server/domains/models/contract";
import type { TrafficView } from "@/server/domains/models/serving/contract";

export const trafficMinutes = 60;
const minuteMs = 60_000;

/** Requests in each of the last minutes, oldest first; none is a zero. */
export function requestsByMinute(traffic: TrafficView, now: number): number[] {
  const last = Math.floor(now / minuteMs);
  const counts = new Array<number>(trafficMinutes).fill(0);
  for (const { minute, requests } of traffic.minutes) {
    const at = trafficMinutes - 1 - (last - minute.getTime() / minuteMs);
    if (at >= 0 && at < trafficMinutes) counts[at] = (counts[at] ?? 0) + requests;
  }
  return counts;
}

const milliseconds = (value: number | null) => (value === null ? "–" : `${formatPlain(value, 1)} ms`);

/** What is live and how it answers: the first thing on the page. */
export function useModelFacts(project: string, model: ModelView, now: number) {
  const trpc = useTRPC();
  const asked = trpc.models.readTraffic.queryOptions({ project, name: model.name, minutes: trafficMinutes });
  const { data: traffic } = useQuery(asked);
  useLive([`traffic:${model.name}`], [asked.queryKey]);
  const champion = model.aliases.find((item) => item.alias === "champion");
  const others = model.aliases.filter((item) => item.alias !== "champion");
  const total = traffic?.total;
  const served = [
    { label: "Requests, last hour", value: total && <span className="inline-flex items-center gap-2"><LiveNumber text={formatCount(total.requests)} />{traffic && total.requests > 0 && <Sparkline kind="bars" label={`requests a minute, ${formatCount(total.requests)} in the last hour`} values={requestsByMinute(traffic, now)} />}</span> },
    { label: "Latency p50, p99", value: total && <LiveNumber text={total.p50Ms === null ? "–" : `${milliseconds(total.p50Ms)}, ${milliseconds(total.p99Ms)}`} /> },
    { label: "Errors", value: total && <LiveNumber text={total.requests === 0 ? "–" : `${formatCount(total.serverErrors)} of ${formatCount(total.requests - total.clientErrors)}`} /> },
    ...(total && total.clientErrors > 0 ? [{ label: "Refused requests", value: <LiveNumber text={formatCount(total.clientErrors)} /> }] : []),
  ];
  return [
    { label: "Champion", value: champion ? <>v{champion.version} since <RelativeTime at={champion.since} /></> : "none yet" },
    ...(champion ? served : []),
    ...(others.length > 0 ? [{ label: "Other aliases", value: others.map((item) => `${item.alias} v${item.version}`).join(", ") }] : []),
  ];
}
