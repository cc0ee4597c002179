import { formatDuration } from "@/components/ui/format/format-duration";
import { KeyValues } from "@/components/ui/layout/key-values";
import { Section } from "@/components/ui/layout/section";
import { CodeBlock } from "@/components/ui/text/code-block";
import { CopyableId } from "@/components/ui/text/copyable-id";
import type { JobDetail } from "@/server/domains/compute/contract/job";

/** A word of a shell command, quoted where a shell would split or read it. */
export const shellWord = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

/** What was asked for, word for word. */
export function JobSpecView({ project, job }: { project: string; job: JobDetail }) {
  const { spec } = job;
  const blob = (sha256: string) => (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      <CopyableId id={sha256} shown={12} label="Copy the digest" />
      <a className="text-accent-text hover:underline" href={`/api/v1/blobs/${sha256}?project=${project}`} download>
        Download
      </a>
    </span>
  );
  const env = Object.entries(spec.env);
  return (
    <Section title="What runs">
      <div className="grid gap-4">
        <CodeBlock title="Command" wrap code={spec.command.map(shellWord).join(" ")} />
        <KeyValues
          items={[
            { label: "Code", value: spec.code ? blob(spec.code) : "none" },
            { label: "Environment", value: spec.environment.kind === "python" ? blob(spec.environment.requirementsSha256) : "the agent's own" },
            { label: "Time limit", value: formatDuration(spec.timeLimitSeconds * 1_000) },
            { label: "Attempts", value: `at most ${spec.maxAttempts}` },
            { label: "Priority", value: spec.priority },
            ...(env.length > 0 ? [{ label: "Variables", value: env.map(([name, value]) => `${name}=${value}`).join("\n"), mono: true }] : []),
            ...spec.inputs.map((input) => ({ label: input.path, value: blob(input.sha256) })),
            { label: "Job id", value: <CopyableId id={job.id} shown={36} label="Copy the job's id" /> },
          ]}
          className="items-center [&_dd]:whitespace-pre-line"
        />
      </div>
    </Section>
  );
}
