import { StateBadge } from "@/components/ui/feedback/state-badge";
import { formatBytes } from "@/components/ui/format/format-bytes";
import { formatDuration } from "@/components/ui/format/format-duration";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { ScrollRegion } from "@/components/ui/layout/scroll-region";
import { Section } from "@/components/ui/layout/section";
import { Elapsed } from "@/components/ui/text/elapsed";
import type { AttemptView, JobDetail } from "@/server/domains/compute/contract/job";
import { endSentence, isFinished, stateKey, stateWord } from "../job-words";

const head = "h-8 whitespace-nowrap px-2.5 text-left font-medium text-label text-muted first:pl-4 last:pr-4";
const cell = "h-8 whitespace-nowrap border-line border-t px-2.5 first:pl-4 last:pr-4";

function exitText({ exitCode, signal }: AttemptView): string {
  return signal ? `signal ${signal}` : exitCode === null ? "–" : String(exitCode);
}

/** Each try: where, how long, how it ended, what it took. */
export function JobAttempts({ project, job }: { project: string; job: JobDetail }) {
  return (
    <Section title={job.attempts.length === 1 ? "Attempt" : "Attempts"} flush>
      <ScrollRegion label="Attempts">
        <table className="w-full text-table">
          <thead>
            <tr>
              {["No.", "State", "Agent", "Ran", "Exit code", "CPU time", "Peak memory", "Ended because"].map((name) => (
                <th key={name} scope="col" className={head}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {job.attempts.map((attempt) => (
              <tr key={attempt.id}>
                <td className={cell}>{attempt.number}</td>
                <td className={cell}>
                  <StateBadge state={stateKey[attempt.state] ?? attempt.state} word={stateWord[attempt.state]} />
                </td>
                <td className={cell}>
                  <InlineLink href={`/${project}/compute/agents/${attempt.agentId}`}>{attempt.agentName}</InlineLink>
                </td>
                <td className={cell}>{attempt.startedAt ? <Elapsed from={attempt.startedAt} to={attempt.finishedAt} /> : "–"}</td>
                <td className={cell}>{exitText(attempt)}</td>
                <td className={cell}>{formatDuration(attempt.cpuSeconds === null ? null : attempt.cpuSeconds * 1_000)}</td>
                <td className={cell}>{formatBytes(attempt.maxMemoryBytes)}</td>
                <td className={`${cell} text-muted`}>{isFinished(attempt.state) ? endSentence(attempt)?.what : "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Section>
  );
}
