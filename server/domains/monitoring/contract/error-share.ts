/** An endpoint's error rate; pure, browser-safe. */
import type { TrafficView } from "@/server/domains/models/serving/contract";

/** The endpoint's own failures among the requests it owed an answer; one refused for its caller's mistake is neither. */
export function errorShare({ requests, clientErrors, serverErrors }: Pick<TrafficView["total"], "requests" | "clientErrors" | "serverErrors">): number | null {
  const owed = requests - clientErrors;
  return owed > 0 ? serverErrors / owed : null;
}
