import { StateBadge } from "@/components/ui/feedback/state-badge";
import { formatCount } from "@/components/ui/format/format-number";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { ExperimentView } from "@/server/domains/experiments/contract/experiment";

export function ExperimentCard({ experiment }: { experiment: ExperimentView }) {
  const { name, runCount, running, lastRunAt } = experiment;
  return (
    <span className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 gap-y-1">
      <span className="truncate font-medium">{name}</span>
      {running > 0 ? <StateBadge state="running" word={`${running} running`} /> : <span />}
      <span className="text-label text-muted">{runCount === 1 ? "1 run" : `${formatCount(runCount)} runs`}</span>
      <RelativeTime at={lastRunAt} className="text-label text-muted" />
    </span>
  );
}
