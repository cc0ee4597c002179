/** What is live comes first, with its own verdict; a newer version stands beside it, so that its refusal is not taken for the champion's. */
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/feedback/badge";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { Section } from "@/components/ui/layout/section";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { ModelView, VersionView } from "@/server/domains/models/contract";
import { candidateWords, liveWords } from "./live-words";

type RowProps = { href: string; version: VersionView; role: ReactNode; state: ReactNode; children: ReactNode };

function Row({ href, version, role, state, children }: RowProps) {
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-1 border-line border-b px-4 py-2.5 last:border-b-0">
      <InlineLink href={href} scroll={false} className="w-10 font-medium">v{version.version}</InlineLink>
      <span className="flex flex-wrap gap-1.5 md:w-52">{role}{state}</span>
      <span className="min-w-0 flex-1 break-words text-muted max-sm:basis-full sm:basis-72">{children}</span>
    </li>
  );
}

type Props = { project: string; model: ModelView; champion: VersionView; newest: VersionView | null };

export function LiveVersion({ project, model, champion, newest }: Props) {
  const since = model.aliases.find((item) => item.alias === "champion")?.since;
  const hrefOf = ({ version }: VersionView) => `/${project}/models/${encodeURIComponent(model.name)}?version=${version}`;
  const { verdict } = champion;
  return (
    <Section id="live" title="Live" flush>
      <ul className="text-table">
        <Row href={hrefOf(champion)} version={champion} role={<Badge tone="accent">champion</Badge>}
          state={verdict && <StateBadge state={verdict.outcome === "passed" ? "succeeded" : "warning"} word={verdict.outcome === "passed" ? "gate passed" : "gate refused"} />}>
          {since && <>It answers since <RelativeTime at={since} />. </>}{liveWords(model, champion)}
        </Row>
        {newest && (
          <Row href={hrefOf(newest)} version={newest} role={<Badge>newest</Badge>} state={null}>{candidateWords(model, newest)}</Row>
        )}
      </ul>
    </Section>
  );
}
