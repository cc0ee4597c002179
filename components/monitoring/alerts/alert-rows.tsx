import Link from "next/link";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { Breakable } from "@/components/ui/text/breakable";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { AlertView } from "@/server/domains/monitoring/contract/alert";
import { streamTime } from "../measure-words";
import { endedBy, endedWhy, firstWindow, knownSince } from "./alert-words";

export function AlertRows({ project, alerts }: { project: string; alerts: readonly AlertView[] }) {
  if (alerts.length === 0) return <p className="px-4 py-2 text-muted">No alert has fired.</p>;
  return (
    <ul className="text-table">
      {alerts.map((alert) => (
        <li key={alert.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-4 py-2 last:border-b-0">
          <StateBadge state={alert.state} word={alert.state} />
          <Link href={`/${project}/monitoring/alerts/${alert.id}`} className="min-w-0 flex-1 basis-56 text-accent-text wrap-anywhere hover:underline"><Breakable text={alert.title} /></Link>
          <span className="text-muted" data-tip={firstWindow(alert)}>{knownSince(alert)}{alert.windows > 1 && `, ${alert.windows} windows, the last to ${streamTime(alert.lastEndsAt)}`}</span>
          {alert.resolvedAt ? (
            <span className="text-muted" data-tip={endedWhy(alert) || undefined}>resolved <RelativeTime at={alert.resolvedAt} />, {endedBy(alert)}</span>
          ) : (
            alert.acknowledgedBy && <span className="text-muted">acknowledged by {alert.acknowledgedBy}</span>
          )}
        </li>
      ))}
    </ul>
  );
}
