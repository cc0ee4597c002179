"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { formatDifference } from "@/components/ui/format/format-difference";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { Section } from "@/components/ui/layout/section";
import { RelativeTime } from "@/components/ui/text/relative-time";
import { differsOnline, skewReason } from "../skew-words";
import { VerdictWord } from "./verdict-word";

type Props = { project: string; evaluationId?: string; className?: string };

/** The newest comparisons, of all or of one evaluation, each with its answer. */
export function ComparisonList({ project, evaluationId, className = "mt-4" }: Props) {
  const trpc = useTRPC();
  const asked = trpc.evaluations.listComparisons.queryOptions({
    project,
    ...(evaluationId ? { evaluationId } : {}),
    limit: 20,
  });
  const { data } = useQuery(asked);
  useLive(["comparisons"], [asked.queryKey]);
  if (!data || data.comparisons.length === 0) return null;
  return (
    <Section
      title="Comparisons"
      description="Candidate − baseline on the same rows, in log-loss; below 0 is better."
      flush
      className={className}
    >
      <ul className="text-table">
        {data.comparisons.map(({ id, candidate, baseline, overall, worseSlices, suite, createdAt }) => {
          const { value, low, high, word } = overall.differences.log_loss;
          return (
            <li
              key={id}
              className="flex flex-wrap items-center gap-x-4 gap-y-1 border-line border-b px-4 py-2 last:border-b-0"
            >
              <InlineLink href={`/${project}/evaluations/compare/${id}`} className="min-w-0 basis-72 grow">
                {candidate.model.name} against {baseline.model.name}
              </InlineLink>
              <span className="w-40 truncate text-muted">
                {suite.name} v{suite.version}
              </span>
              <span className="w-52 tabular-nums sm:text-right">
                {formatDifference(value, low === null || high === null ? null : { low, high }, 4)}
              </span>
              <span className="w-60" data-tip={differsOnline(candidate) ? skewReason(candidate) : undefined}>
                <VerdictWord word={word} worseSlices={worseSlices} isSkewed={differsOnline(candidate)} />
              </span>
              <RelativeTime at={createdAt} className="w-24 text-muted sm:text-right" />
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
