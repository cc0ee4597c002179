"use client";

import { useQuery } from "@tanstack/react-query";
import { PageCrumbs } from "@/components/shell/crumbs/page-crumbs";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { ButtonLink } from "@/components/ui/actions/button";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { TextSkeleton } from "@/components/ui/feedback/skeletons";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { PageHeader } from "@/components/ui/layout/page-header";
import { RelativeTime } from "@/components/ui/text/relative-time";
import { Failure } from "../failure";
import { reportHref } from "./reports-query";

/** What people wrote about their comparisons, the last changed first. */
export function ReportsPage({ project }: { project: string }) {
  const trpc = useTRPC();
  const asked = trpc.experiments.listReports.queryOptions({ project });
  const { data, error, refetch } = useQuery(asked);
  useLive(["reports"], [asked.queryKey]);
  return (
    <>
      <PageCrumbs crumbs={[{ label: "Reports" }]} />
      <PageHeader title="Reports" description="Comparisons of runs with words between them. Everybody in the project can read them." />
      {error ? (
        <Failure title="The reports could not be read" error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <TextSkeleton lines={6} />
      ) : data.length === 0 ? (
        <EmptyState title="No reports yet" action={<ButtonLink href={`/${project}/experiments`}>Go to the experiments</ButtonLink>}>
          Compare some runs, arrange what tells the story, and press Add to a report.
        </EmptyState>
      ) : (
        <ul aria-label="Reports" className="rounded-lg border border-line bg-panel">
          {data.map(({ id, name, ownerName, blocks, updatedAt }) => (
            <li key={id} className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-0.5 border-line border-b px-4 py-2 text-table last:border-b-0">
              <InlineLink href={reportHref(project, id)} className="min-w-0 flex-1 basis-48 truncate font-medium">
                {name}
              </InlineLink>
              <span className="text-muted">{ownerName}</span>
              <span className="text-muted">{Number(blocks) === 1 ? "1 part" : `${blocks} parts`}</span>
              <RelativeTime at={updatedAt} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
