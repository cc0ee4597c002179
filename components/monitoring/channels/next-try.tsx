import { RelativeTime } from "@/components/ui/text/relative-time";
import type { DeliverySummary } from "@/server/domains/monitoring/contract/alert";
import { deliveryTries } from "@/server/domains/monitoring/contract/channel";
import { deliveryNext } from "./delivery-words";

/** What happens with a delivery that was not taken: tried again when, or given up. */
export function NextTry({ delivery }: { delivery: DeliverySummary }) {
  const { state, attempts, nextAttemptAt } = delivery;
  if (state !== "pending") return deliveryNext(delivery);
  if (attempts === 0) return null;
  return (
    <>
      tried again {nextAttemptAt ? <RelativeTime at={nextAttemptAt} /> : "by itself"}, {attempts} of {deliveryTries} tries made
    </>
  );
}
