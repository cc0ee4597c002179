"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { QuerySection } from "@/components/trpc/query-section";
import { Button } from "@/components/ui/actions/button";
import { TableSkeleton } from "@/components/ui/feedback/skeletons";
import { formatBytes } from "@/components/ui/format/format-bytes";
import { Section } from "@/components/ui/layout/section";
import { RelativeTime } from "@/components/ui/text/relative-time";

function Storage({ project }: { project: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.platform.readStorage.queryOptions({ project }));
  return (
    <Section title="What the data folder holds" description="Measured now, for the whole installation." flush>
      <QuerySection query={query} title="The storage could not be measured" loading={<TableSkeleton rows={5} columns={3} />}>
        {(parts) => (
          <ul className="text-table">
            {parts.map((part) => (
              <li key={part.name} className="flex flex-wrap gap-x-4 border-line border-b px-3 py-1.5 last:border-b-0">
                <span className="w-64">{part.name}</span>
                <span className="w-24 text-right tabular-nums">{formatBytes(part.bytes)}</span>
                <span className="text-muted">{part.bound}</span>
              </li>
            ))}
          </ul>
        )}
      </QuerySection>
    </Section>
  );
}

function DeadLetters({ project }: { project: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.platform.listDeadLetters.queryOptions({ project }));
  const retry = useMutation(trpc.platform.retryDeadLetter.mutationOptions({ onSuccess: () => void query.refetch() }));
  return (
    <Section title="Background work that failed for good" description="It was tried with growing pauses and ended here." flush>
      <QuerySection query={query} title="The failed work could not be read" loading={<TableSkeleton rows={2} columns={3} />}>
        {(letters) =>
          letters.length === 0 ? (
            <p className="px-3 py-2 text-muted">None.</p>
          ) : (
            <ul className="text-table">
              {letters.map((letter) => (
                <li key={letter.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 border-line border-b px-3 py-2 last:border-b-0">
                  <span className="w-40 font-medium">{letter.task}</span>
                  <span className="min-w-0 flex-1 break-words text-muted">{letter.error}</span>
                  <span className="text-muted">{letter.attempts} tries, <RelativeTime at={letter.failedAt} /></span>
                  <Button size="sm" pending={retry.isPending} onClick={() => retry.mutate({ project, id: letter.id })}>Try again</Button>
                </li>
              ))}
            </ul>
          )
        }
      </QuerySection>
    </Section>
  );
}

export function System({ project }: { project: string }) {
  return (
    <div className="grid gap-4">
      <Storage project={project} />
      <DeadLetters project={project} />
    </div>
  );
}
