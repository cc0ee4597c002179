"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { Notice } from "@/components/ui/feedback/notice";
import { deliveryAnswer } from "./delivery-words";
import { NextTry } from "./next-try";

/** The answer to a test as it comes in, with what happens next when there was none. */
export function TestOutcome({ project, channelId, deliveryId }: { project: string; channelId: string; deliveryId: string }) {
  const trpc = useTRPC();
  const options = trpc.monitoring.listDeliveries.queryOptions({ project, channelId, limit: 20 }, { staleTime: 0 });
  const { data } = useQuery(options);
  useLive([`channel:${channelId}`, "channels"], [options.queryKey]);
  const delivery = data?.find((one) => one.id === deliveryId);
  if (!delivery || delivery.attempts === 0) return <Notice className="mt-2">Sending the test…</Notice>;
  if (delivery.state === "delivered") return <Notice tone="succeeded" className="mt-2">The test was taken: the receiver {deliveryAnswer(delivery)}.</Notice>;
  return (
    <Notice tone={delivery.state === "pending" ? "warning" : "failed"} className="mt-2">
      The test was not taken: {deliveryAnswer(delivery)}; <NextTry delivery={delivery} />.
    </Notice>
  );
}
