/**
 * Sweeps leases where agents can reach: were it done elsewhere, a gateway that is down would look like agents that
 * are. Several gateways may each run one; the sweep takes a row lock.
 */

import { SWEEP_SECONDS } from "@/server/domains/compute/rules/lease";
import { expireLeases } from "@/server/domains/compute/service/attempts/expire-leases";
import { logger } from "@/server/platform/log";

export function startLeaseKeeper(everySeconds = SWEEP_SECONDS): () => Promise<void> {
  let sweeping: Promise<void> | null = null;
  const sweep = async () => {
    try {
      const { expired, extended } = await expireLeases();
      if (expired > 0) logger.warn({ expired }, "gave up attempts whose agents were lost");
      if (extended > 0) logger.info({ extended }, "extended leases by a term: the server was away");
    } catch (error) {
      logger.warn({ err: error }, "leases could not be swept");
    }
  };
  const tick = () => {
    sweeping ??= sweep().finally(() => {
      sweeping = null;
    });
  };
  tick();
  const timer = setInterval(tick, everySeconds * 1_000);
  return async () => {
    clearInterval(timer);
    await sweeping;
  };
}
