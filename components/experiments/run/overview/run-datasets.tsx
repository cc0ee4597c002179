import { InlineLink } from "@/components/ui/layout/inline-link";
import { Section } from "@/components/ui/layout/section";
import { formatCount } from "@/components/ui/format/format-number";
import { CopyableId } from "@/components/ui/text/copyable-id";
import { Badge } from "@/components/ui/feedback/badge";
import type { RunDetail, RunInputView } from "@/server/domains/experiments/contract/run";

/** Rows of the data, where its profile says so. */
function rowsOf(input: RunInputView): number | null {
  try {
    const profile: unknown = JSON.parse(input.profile ?? "null");
    const rows = typeof profile === "object" && profile !== null && "num_rows" in profile ? profile.num_rows : null;
    return typeof rows === "number" ? rows : null;
  } catch {
    return null;
  }
}

/** The catalog's own datasets have a page. */
function hrefOf(project: string, input: RunInputView): string | null {
  return input.sourceType === "slipway" ? `/${project}/catalog/datasets/${encodeURIComponent(input.name)}` : null;
}

export function RunDatasets({ project, run }: { project: string; run: RunDetail }) {
  if (run.inputs.length === 0) return null;
  return (
    <Section title="Datasets read" flush>
      <ul>
        {run.inputs.map((input) => {
          const href = hrefOf(project, input);
          const context = input.tags.find((tag) => tag.key === "mlflow.data.context")?.value;
          const rows = rowsOf(input);
          return (
            <li key={`${input.name} ${input.digest}`} className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-4 py-1 text-table last:border-b-0">
              {href ? <InlineLink href={href}>{input.name}</InlineLink> : <span className="font-medium">{input.name}</span>}
              {context && <Badge>{context}</Badge>}
              <span className="flex-1" />
              {rows !== null && <span className="text-muted">{formatCount(rows)} rows</span>}
              <CopyableId id={input.digest} label="Copy the digest" />
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
