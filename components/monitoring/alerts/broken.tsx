import { InlineLink } from "@/components/ui/layout/inline-link";
import { Section } from "@/components/ui/layout/section";
import type { AlertView, BrokenOver } from "@/server/domains/monitoring/contract/alert";
import { columnTitle, streamTime } from "../measure-words";

const ends = ({ low, high }: BrokenOver): string => [low, high].filter((end) => end !== null).map((end) => end.toFixed(4)).join(" – ");
const multiple = (ratio: number): string => (ratio > 100 ? "over 100" : ratio.toFixed(2));
const count = (windows: number): string => (windows === 1 ? "1 window" : `${windows} windows`);

/** How much, in how many windows, answered by whom. */
export function brokenSummary({ broken, windows, evidence, state, lastEndsAt }: AlertView): string {
  const features = broken.filter(({ column }) => column !== "").length;
  const what = features === 0 ? "" : `${features === 1 ? "1 column" : `${features} columns`} in `;
  const until = state === "resolved" || windows > 1 ? `, the last to ${streamTime(lastEndsAt)} on the stream's clock` : "";
  return `${what}${count(windows)}${until}${features > 1 ? ", the furthest beyond its limit first" : ""}. The first window had ${evidence.rows.toLocaleString("en")} rows, answered by v${evidence.modelVersion}.`;
}

/** Over the alert's life; each broken column leads to its distribution on the monitor's page. */
export function Broken({ project, alert }: { project: string; alert: AlertView }) {
  const driftOf = (column: string) => `/${project}/monitoring/${alert.monitor}?feature=${encodeURIComponent(column)}#distribution`;
  return (
    <Section title="What broke its limit" description={brokenSummary(alert)} flush>
      <ul className="text-table tabular-nums">
        {alert.broken.map((one) => (
          <li key={one.column} className="flex flex-wrap gap-x-4 border-line border-b px-4 py-1.5 last:border-b-0">
            <span className="w-60 max-w-full wrap-anywhere">{one.column === "" ? columnTitle("") : <InlineLink href={driftOf(one.column)}>{columnTitle(one.column)}</InlineLink>}</span>
            <span className="w-16">{one.value.toFixed(4)}</span>
            <span className="text-muted">limit {ends(one)}, {multiple(one.ratio)} × its limit in the window {streamTime(new Date(one.startsAt))} – {streamTime(new Date(one.endsAt))}{alert.windows > 1 && one.windows !== null && `; broke it in ${one.windows} of ${count(alert.windows)}`}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
