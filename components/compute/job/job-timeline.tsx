"use client";

import { cn } from "@/components/ui/class-names";
import { formatDuration } from "@/components/ui/format/format-duration";
import { Section } from "@/components/ui/layout/section";
import { Elapsed } from "@/components/ui/text/elapsed";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { JobDetail } from "@/server/domains/compute/contract/job";
import { stagesOf, type Stage } from "./job-stages";

const fills: Record<Stage["tone"], string> = {
  queued: "bg-queued/35",
  preparing: "bg-running/40",
  running: "bg-running",
  succeeded: "bg-succeeded",
  failed: "bg-failed",
  cancelled: "bg-cancelled/50",
};

const dots: Record<Stage["tone"], string> = {
  queued: "border-queued bg-transparent",
  preparing: "border-running bg-transparent",
  running: "border-running bg-running",
  succeeded: "border-succeeded bg-succeeded",
  failed: "border-failed bg-failed",
  cancelled: "border-cancelled bg-transparent",
};

/** From submitted to ended: each stage with when it began and how long it took, to scale. */
export function JobTimeline({ job }: { job: JobDetail }) {
  const stages = stagesOf(job);
  const now = Date.now();
  const lengths = stages.map((stage) => Math.max(0, (stage.to ?? now) - stage.from));
  const total = lengths.reduce((sum, length) => sum + length, 0) || 1;
  return (
    <Section title="Stages">
      <div aria-hidden className="mb-3 flex h-2 gap-0.5 overflow-hidden rounded-full" suppressHydrationWarning>
        {stages.map((stage, index) => (
          <span
            key={`${stage.word} ${stage.from}`}
            className={cn("min-w-1", fills[stage.tone])}
            style={{ flexGrow: Math.max(0.005, (lengths[index] ?? 0) / total) }}
            suppressHydrationWarning
          />
        ))}
      </div>
      <ol className="flex flex-wrap gap-x-6 gap-y-3">
        {stages.map((stage) => (
          <li key={`${stage.word} ${stage.from}`}>
            <p className="flex items-center gap-2 text-table">
              <span aria-hidden className={cn("size-2 rounded-full border-2", dots[stage.tone])} />
              <span className="font-medium first-letter:uppercase">{stage.word}</span>
              {stage.note && <span className="text-muted">{stage.note}</span>}
            </p>
            <p className="pl-4 text-label text-muted">
              {stage.isEnd ? (
                <RelativeTime at={stage.from} />
              ) : stage.to === null ? (
                <Elapsed from={stage.from} />
              ) : (
                formatDuration(stage.to - stage.from)
              )}
            </p>
          </li>
        ))}
      </ol>
    </Section>
  );
}
