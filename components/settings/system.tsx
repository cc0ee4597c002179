"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { QuerySection } from "@/components/trpc/query-section";
import { Button } from "@/components/ui/actions/button";
import { TableSkeleton } from "@/components/ui/feedback/skeletons";
import { formatBytes } from "@/components/ui/format/format-bytes";
import { formatDuration } from "@/components/ui/format/format-duration";
import { formatCount } from "@/components/ui/format/format-number";
import { Section } from "@/components/ui/layout/section";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { StorageView } from "@/server/platform/system/storage";
import { PriceSettings } from "./prices";
import { hasRole, NeedsRole } from "./needs-role";
import type { RoleName } from "./role-options";

/** What it grew by in the last day, or since the first measurement. */
function growthText({ grownBy, grownSince, measuredAt }: StorageView): string {
  if (grownBy === null || grownSince === null) return "";
  const sign = grownBy < 0 ? "−" : "+";
  return `${sign}${formatBytes(Math.abs(grownBy))} in ${formatDuration(measuredAt.getTime() - grownSince.getTime())}`;
}

function Storage({ project }: { project: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.platform.readStorage.queryOptions({ project }));
  return (
    <Section title="What the data folder holds" description="Of the whole installation, measured every ten minutes. A setting is an environment variable of npm start; it holds from the next start on (docs/configuration.md)." flush>
      <QuerySection query={query} title="The storage could not be measured" loading={<TableSkeleton rows={5} columns={3} />}>
        {({ parts, disk }) => (
          <ul className="text-table">
            {parts.map((part) => (
              <li key={part.name} className="grid gap-x-6 gap-y-0.5 border-line border-b px-4 py-2 sm:grid-cols-[16rem_6rem_11rem_minmax(0,1fr)]">
                <span className="font-medium">{part.name}</span>
                <span className="tabular-nums sm:text-right">{formatBytes(part.bytes)}</span>
                <span className="text-muted tabular-nums sm:text-right">{growthText(part)}</span>
                <ul>
                  {part.bounds.map((bound) => (
                    <li key={bound.what}><span className="text-muted">{bound.what}:</span> {bound.kept}{bound.setting && <code className="ml-3 whitespace-nowrap text-label text-muted">{bound.setting}</code>}</li>
                  ))}
                </ul>
              </li>
            ))}
            <li className="grid gap-x-6 gap-y-0.5 px-4 py-2 font-medium sm:grid-cols-[16rem_6rem_11rem_minmax(0,1fr)]">
              <span>Together</span>
              <span className="tabular-nums sm:text-right">{formatBytes(parts.reduce((sum, part) => sum + part.bytes, 0))}</span>
              <span />
              {disk && <span className="font-normal">{formatBytes(disk.freeBytes)} <span className="text-muted">of the disk’s {formatBytes(disk.totalBytes)} are free</span></span>}
            </li>
          </ul>
        )}
      </QuerySection>
    </Section>
  );
}

function Reclaim({ project }: { project: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.platform.readReclaim.queryOptions({ project }));
  return (
    <Section title="What is given back" description="Once an hour the worker removes content that nothing refers to any more: uploads that were never used, replaced files, purged temporary datasets." flush>
      <QuerySection query={query} title="The sweeps could not be read" loading={<TableSkeleton rows={2} columns={3} />}>
        {(reclaim) =>
          reclaim === null ? (
            <p className="px-4 py-2 text-muted">The first pass comes within an hour of the first start.</p>
          ) : (
            <dl className="text-table">
              {[
                { label: "Waits out its hours", bytes: reclaim.waitingBytes, blobs: reclaim.waitingBlobs, note: <>found <RelativeTime at={reclaim.sweptAt} /></> },
                { label: "Removed", bytes: reclaim.removedBytes, blobs: reclaim.removedBlobs, note: <>by the passes since <RelativeTime at={reclaim.since} /></> },
              ].map((line) => (
                <div key={line.label} className="grid gap-x-6 gap-y-0.5 border-line border-b px-4 py-2 last:border-b-0 sm:grid-cols-[16rem_6rem_9rem_minmax(0,1fr)]">
                  <dt className="font-medium">{line.label}</dt>
                  <dd className="tabular-nums sm:text-right">{formatBytes(line.bytes)}</dd>
                  <dd className="text-muted tabular-nums sm:text-right">{formatCount(line.blobs)} {line.blobs === 1 ? "file" : "files"}</dd>
                  <dd className="text-muted">{line.note}</dd>
                </div>
              ))}
            </dl>
          )
        }
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
            <p className="px-4 py-2 text-muted">None.</p>
          ) : (
            <ul className="text-table">
              {letters.map((letter) => (
                <li key={letter.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 border-line border-b px-4 py-2 last:border-b-0">
                  <span className="w-40 font-medium first-letter:uppercase">{letter.task.replaceAll("-", " ")}</span>
                  <span className="min-w-0 flex-1 break-words text-muted">{letter.error}</span>
                  <span className="text-muted">{letter.attempts} {letter.attempts === 1 ? "try" : "tries"}, <RelativeTime at={letter.failedAt} /></span>
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

export function System({ project, role, isAdmin }: { project: string; role: RoleName; isAdmin: boolean }) {
  if (!hasRole(role, "maintainer")) return isAdmin ? <PriceSettings project={project} /> : <NeedsRole title="System" needed="maintainer" role={role} />;
  return (
    <div className="grid gap-4">
      <Storage project={project} />
      <Reclaim project={project} />
      {isAdmin && <PriceSettings project={project} />}
      <DeadLetters project={project} />
    </div>
  );
}
