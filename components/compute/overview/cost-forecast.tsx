"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { useMay } from "@/components/trpc/use-may";
import { formatMoney } from "@/components/ui/format/format-money";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { type KeyValue, KeyValues } from "@/components/ui/layout/key-values";
import type { RunEstimate } from "@/server/domains/compute/contract/job";
import type { PricesView } from "@/server/domains/compute/contract/prices";
import { costRange, type Held } from "@/server/domains/compute/rules/cost";
import { learntFrom } from "../job/start-words";
import type { StartForecastProps } from "./start-forecast";

type Priced = NonNullable<PricesView>;

function Expected({ priced: { prices, gpuModels }, held, runs }: { priced: Priced; held: Held; runs: RunEstimate }) {
  const { low, expected, high } = costRange(prices, held, gpuModels, runs);
  const [from, about, to] = [low, expected, high].map((amount) => formatMoney(amount, prices.currency)) as [string, string, string];
  return (
    <span data-tip={learntFrom(runs)} className="tabular-nums">
      {about.startsWith("<") ? `Less than ${about.slice(1)}` : `About ${about}`}
      {from !== to && ` (${from} to ${to})`}.
    </span>
  );
}

export type CostForecastProps = StartForecastProps & { items: readonly KeyValue[] };

/** Facts of a job with what it would cost, from how long jobs like it ran; nothing where no prices are set, but for who may set them. */
export function CostForecast({ project, priority, items, ...job }: CostForecastProps) {
  const trpc = useTRPC();
  const maySet = useMay(project, "admin");
  const bounded = Math.max(-100, Math.min(100, Math.trunc(priority)));
  const asked = trpc.compute.getPrices.queryOptions({ project });
  const { data: priced } = useQuery(asked);
  const { data: pending } = useQuery(trpc.compute.forecastStart.queryOptions({ project, ...job, priority: bounded }, { placeholderData: keepPreviousData }));
  useLive(["prices"], [asked.queryKey]);
  if (!priced)
    return (
      <>
        <KeyValues items={items} />
        {priced === null && maySet && (
          <p className="mt-2 text-label">
            <InlineLink href={`/${project}/settings/system`} className="underline">Set prices</InlineLink> <span className="text-muted">to see what it will cost.</span>
          </p>
        )}
      </>
    );
  const { resources, timeLimitSeconds } = job;
  const most = costRange(priced.prices, resources, priced.gpuModels, { low: 0, expected: 0, high: timeLimitSeconds }).high;
  const cost = (
    <>
      {pending?.runs && <Expected priced={priced} held={resources} runs={pending.runs} />}{" "}
      <span className="inline-block text-muted tabular-nums">At most {formatMoney(most, priced.prices.currency)}.</span>
    </>
  );
  return <KeyValues items={[...items, { label: "Cost", value: cost }]} />;
}
