import { RelativeTime } from "@/components/ui/text/relative-time";
import type { DeliverySummary } from "@/server/domains/monitoring/contract/alert";
import { deliveryTries } from "@/server/domains/monitoring/contract/channel";
import { deliveryNext } from "./delivery-words";

/** What happens with a delivery that was not taken: tried again when, or given up. */
export function NextTry({ delivery }: { delivery: DeliverySummary }) {
  const { state, attempts, nextAttemptAt } = delivery;
  if (state !== "pending") return deliveryNext(delivery);
  if (attempts === 0) return null;
  // The first pauses are of seconds: a time so near reads as one that has passed.
  const isSoon = attempts <= 2 || nextAttemptAt === null;
  return (
    <>
      tried again {isSoon ? "in a moment" : <RelativeTime at={nextAttemptAt} />}, {attempts} of {deliveryTries} tries made
    </>
  );
}
