import { StateBadge } from "@/components/ui/feedback/state-badge";
import type { JobState } from "@/server/domains/compute/contract/job";
import { shownState, stateKey, stateWord } from "./job-words";

export type JobStateBadgeProps = {
  job: { state: JobState; cancelRequestedAt: Date | null; message?: string | null };
};

export function JobStateBadge({ job }: JobStateBadgeProps) {
  const state = shownState(job);
  return <StateBadge state={stateKey[state] ?? state} word={stateWord[state]} reason={job.message ?? undefined} />;
}
