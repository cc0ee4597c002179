"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { Section } from "@/components/ui/layout/section";
import { RelativeTime } from "@/components/ui/text/relative-time";
import { Actor } from "@/components/ui/text/actor";
import { type Change, changeHref, changeWords } from "@/components/ui/text/change-words";

type Told = Change & { actorName: string };

/** What somebody, or a job, did again and again to one thing, told once with its newest time. */
export function told<R extends Told>(rows: readonly R[]): { row: R; times: number }[] {
  const groups = new Map<string, { row: R; times: number }>();
  for (const row of rows) {
    const key = JSON.stringify([row.actorName, changeWords(row)]);
    const known = groups.get(key);
    if (known) known.times += 1;
    else groups.set(key, { row, times: 1 });
  }
  return [...groups.values()];
}

const shown = 12;
/** As much as the page reads first; told, it becomes less. */
const read = 5 * shown;

function ChangeText({ project, change }: { project: string; change: Change }) {
  const { did, what, more } = changeWords(change);
  const href = changeHref(project, change);
  return (
    <>
      <span className="text-muted">{did}</span>{what && " "}{href && what ? <InlineLink href={href} className="underline">{what}</InlineLink> : what}
      {more && <span className="text-muted">{more}</span>}
    </>
  );
}

/** Who did what to what, from the audit; each leads to what it was done to, while that exists. */
export function Changes({ project }: { project: string }) {
  const trpc = useTRPC();
  const options = trpc.platform.listChanges.queryOptions({ project, limit: read });
  const { data } = useQuery(options);
  useLive(["models", "runs", "catalog", "jobs", "example"], [options.queryKey]);
  if (!data) return null;
  const rows = told(data).slice(0, shown);
  return (
    <Section title="Changed" actions={<InlineLink href={`/${project}/settings/audit`}>All changes</InlineLink>} flush>
      <ul className="text-table">
        {rows.map(({ row, times }) => (
          <li key={row.id} className="flex items-baseline gap-x-3 border-line border-b px-4 py-1.5 last:border-b-0">
            <p className="min-w-0 flex-1 break-words">
              <Actor name={row.actorName} kind={row.actorKind} /> <ChangeText project={project} change={row} />
              {times > 1 && <span className="text-muted"> · {times} times</span>}
            </p>
            <span className="shrink-0 text-muted">
              <RelativeTime at={row.at} />
            </span>
          </li>
        ))}
      </ul>
      {rows.length === 0 && (
        <p className="px-4 py-2 text-muted">Nothing was changed yet. Who did what stands here from the first change on.</p>
      )}
    </Section>
  );
}
