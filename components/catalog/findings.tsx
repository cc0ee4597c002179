import { StateBadge } from "@/components/ui/feedback/state-badge";
import { formatCount } from "@/components/ui/format/format-number";
import { Disclosure } from "@/components/ui/layout/disclosure";
import { Section } from "@/components/ui/layout/section";
import { CodeBlock } from "@/components/ui/text/code-block";
import type { Finding } from "@/server/domains/catalog/contract/catalog";

/** What the checks found: counted over every row, never a reason to stop the load. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  return (
    <Section title="Checks" description="Counted over all rows. A finding is shown, it does not stop the load." flush>
      <ul>
        {findings.map((finding) => (
          <li key={finding.check} className="border-line border-b px-3 py-2 last:border-b-0">
            <div className="flex flex-wrap items-center gap-x-3">
              <StateBadge state={finding.breaking === 0 ? "succeeded" : "warning"} word={finding.breaking === 0 ? "holds" : `${formatCount(finding.breaking)} ${finding.breaking === 1 ? "row breaks" : "rows break"} it`} />
              <span className="font-medium">{finding.check}</span>
              <code className="text-label text-muted">{finding.holds}</code>
            </div>
            {finding.examples.length > 0 && (
              <Disclosure summary="Examples">
                <CodeBlock title={`${finding.check}, first ${finding.examples.length}`} code={finding.examples.map((row) => JSON.stringify(row)).join("\n")} wrap />
              </Disclosure>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
