import { formatDuration } from "@/components/ui/format/format-duration";
import { Section } from "@/components/ui/layout/section";
import type { AlertView } from "@/server/domains/monitoring/contract/alert";
import { columnTitle, streamTime } from "../measure-words";
import { endedBy, endedWhy } from "./alert-words";

type Moment = { at: Date; what: string; note?: string };

/** Which columns did it at first: later windows may have broken others, or the same further. */
function openedBy({ evidence }: AlertView): string {
  const [first, ...others] = evidence.columns.filter(({ column }) => column !== "");
  if (!first) return "";
  return ` (${columnTitle(first.column)} ${first.value.toPrecision(3)}, ${first.ratio > 100 ? "over 100" : first.ratio.toFixed(2)} × its limit${others.length > 0 ? `, and ${others.length} more` : ""})`;
}

export function momentsOf(alert: AlertView): Moment[] {
  const { firedAt, acknowledgedAt, acknowledgedBy, acknowledgedNote, resolvedAt, resolvedNote, windows, lastEndsAt } = alert;
  const more = windows > 1 ? `; ${windows} windows in all, the last to ${streamTime(lastEndsAt)}` : "";
  const opened = openedBy(alert);
  const moments: Moment[] = [{ at: firedAt, what: `Fired: the window from ${streamTime(alert.startsAt)} to ${streamTime(alert.endsAt)} broke its limit${opened}${more}.` }];
  if (acknowledgedAt) moments.push({ at: acknowledgedAt, what: `Acknowledged by ${acknowledgedBy}.`, note: acknowledgedNote });
  if (resolvedAt) {
    const why = endedWhy(alert);
    const after = `after ${formatDuration(resolvedAt.getTime() - firedAt.getTime())}`;
    moments.push({ at: resolvedAt, what: `Resolved ${endedBy(alert)} ${after}${why && `: ${why}`}.`, note: resolvedNote });
  }
  return moments;
}

/** How it went, on the server's clock: fired, acknowledged, resolved, each by what or whom. */
export function Timeline({ alert }: { alert: AlertView }) {
  return (
    <Section title="Timeline" description="On the server's clock, in UTC." flush>
      <ol className="text-table">
        {momentsOf(alert).map(({ at, what, note }) => (
          <li key={what} className="flex flex-wrap gap-x-3 border-line border-b px-4 py-1.5 last:border-b-0">
            <span className="w-40 text-muted"><time dateTime={at.toISOString()}>{streamTime(at)}</time></span>
            <div className="min-w-0 flex-1 basis-56">
              <p>{what}</p>
              {note && <blockquote className="mt-0.5 border-line border-l-2 pl-2 text-muted">{note}</blockquote>}
            </div>
          </li>
        ))}
      </ol>
    </Section>
  );
}
