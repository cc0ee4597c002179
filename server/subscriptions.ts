/** event → handler: the only wiring from a lower domain up to a higher one. */
import type { Subscription } from "./platform/outbox";

export const subscriptions: readonly Subscription[] = [];
