"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { Section } from "@/components/ui/layout/section";
import { RelativeTime } from "@/components/ui/text/relative-time";
import { actionWords } from "@/components/ui/text/action-words";
import { Actor } from "@/components/ui/text/actor";

/** A launch submits its job in the same request: the launch tells it all. */
function withoutParts<R extends { action: string; requestId: string }>(rows: readonly R[]): R[] {
  const launches = new Set(
    rows.filter(({ action }) => action !== "compute.submitJob").map(({ requestId }) => requestId),
  );
  return rows.filter(({ action, requestId }) => action !== "compute.submitJob" || !launches.has(requestId));
}

type Told = { actorName: string; action: string; subjectName: string | null; requestId: string; details?: unknown };

/** What somebody, or a job, did again and again to one thing, told once with its newest time. */
export function told<R extends Told>(rows: readonly R[]): { row: R; times: number }[] {
  const groups = new Map<string, { row: R; times: number }>();
  for (const row of withoutParts(rows)) {
    const key = JSON.stringify([row.actorName, actionWords(row.action, row.details), row.subjectName]);
    const known = groups.get(key);
    if (known) known.times += 1;
    else groups.set(key, { row, times: 1 });
  }
  return [...groups.values()];
}

const shown = 12;
/** As much as the page reads first; told, it becomes less. */
const read = 5 * shown;

/** Who did what to what, from the audit. */
export function Changes({ project }: { project: string }) {
  const trpc = useTRPC();
  const options = trpc.platform.listAudit.queryOptions({ project, limit: read });
  const { data } = useQuery(options);
  useLive(["models", "runs", "catalog", "jobs", "example"], [options.queryKey]);
  if (!data) return null;
  const rows = told(data.rows).slice(0, shown);
  return (
    <Section title="Changed" actions={<InlineLink href={`/${project}/settings/audit`}>All changes</InlineLink>} flush>
      <ul className="text-table">
        {rows.map(({ row, times }) => (
          <li key={row.id} className="flex items-baseline gap-x-3 border-line border-b px-4 py-1.5 last:border-b-0">
            <p className="min-w-0 flex-1 break-words">
              <Actor name={row.actorName} kind={row.actorKind} /> <span className="text-muted">{actionWords(row.action, row.details)}</span> {row.subjectName ?? row.subjectId ?? ""}
              {times > 1 && <span className="text-muted"> · {times} times</span>}
            </p>
            <span className="text-muted">
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
