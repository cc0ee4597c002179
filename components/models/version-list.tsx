import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useRef, useState } from "react";
import { useTRPCClient } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { Button } from "@/components/ui/actions/button";
import { cn } from "@/components/ui/class-names";
import { Badge } from "@/components/ui/feedback/badge";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { Section } from "@/components/ui/layout/section";
import { CopyableId } from "@/components/ui/text/copyable-id";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { VersionView } from "@/server/domains/models/contract";

type VersionPage = { versions: readonly VersionView[]; next: number | null };
type VersionRowProps = { project: string; model: string; version: VersionView; isChosen: boolean; isFocused: boolean };
type VersionListProps = { project: string; model: string; newest: VersionPage; chosen: number | null };

function VersionRow({ project, model, version, isChosen, isFocused }: VersionRowProps) {
  const href = `/${project}/models/${encodeURIComponent(model)}?version=${version.version}`;
  return (
    <li className={cn("flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-4 py-2 last:border-b-0", isChosen && "bg-well")}>
      <Link ref={isFocused ? focusIt : undefined} href={href} scroll={false} aria-current={isChosen || undefined} className="w-10 font-medium text-accent-text hover:underline">v{version.version}</Link>
      <span className="flex min-w-24 flex-wrap gap-1.5 md:w-52">
        {version.aliases.map((alias) => <Badge key={alias} tone={alias === "champion" ? "accent" : "neutral"}>{alias}</Badge>)}
        {version.verdict && <StateBadge state={version.verdict.outcome === "passed" ? "succeeded" : "refused"} word={version.verdict.outcome === "passed" ? "gate passed" : "gate refused"} />}
        {version.notServable && <StateBadge state="warning" word="not servable" reason={version.notServable} />}
      </span>
      <span className="min-w-0 flex-1 truncate text-muted max-sm:basis-full sm:basis-40">{version.description || (version.runName ? `${version.runName}, registered by ${version.createdBy}` : version.loggedModelId ? `Registered by ${version.createdBy}` : version.source)}</span>
      {version.runId && <InlineLink href={`/${project}/experiments/runs/${version.runId.replaceAll("-", "")}`}>run</InlineLink>}
      <CopyableId id={version.digest} shown={10} label="digest" />
      <span className="ml-auto text-right text-muted sm:w-28"><RelativeTime at={version.createdAt} /></span>
    </li>
  );
}

const focusIt = (element: HTMLAnchorElement | null) => element?.focus();

/** The newest page, and older ones on request. All are read as one, each page from where the one above it ends: none is lost or doubled between two. */
function useVersionPages(project: string, name: string, newest: VersionPage) {
  const client = useTRPCClient();
  const cache = useQueryClient();
  const [shown, setShown] = useState({ pages: 1, first: null as number | null });
  const button = useRef<HTMLButtonElement>(null);
  const read = async (count: number, signal: AbortSignal): Promise<VersionPage[]> => {
    const pages: VersionPage[] = [];
    for (let before: number | null = null; pages.length < count; before = pages.at(-1)?.next ?? null) {
      if (pages.length > 0 && before === null) break;
      pages.push(await client.models.listVersions.query({ project, name, before }, { signal }));
    }
    return pages;
  };
  // Not below the newest page's key: what reads that again would begin all of these too.
  const optionsOf = (count: number) => ({ queryKey: ["model version pages", project, name, count], queryFn: ({ signal }: { signal: AbortSignal }) => read(count, signal) });
  const query = useQuery({ ...optionsOf(shown.pages), enabled: shown.pages > 1 });
  useLive([`model:${name}`], shown.pages > 1 ? [optionsOf(shown.pages).queryKey] : []);
  const more = useMutation({
    mutationFn: (count: number) => cache.fetchQuery(optionsOf(count)),
    // Who has gone on to something else meanwhile stays there.
    onSuccess: (pages) => setShown({ pages: pages.length, first: document.activeElement === button.current ? (pages.at(-1)?.versions[0]?.version ?? null) : null }),
  });
  const pages = (shown.pages > 1 && query.data) || [newest];
  return {
    button, versions: pages.flatMap(({ versions }) => versions), first: shown.first, hasMore: pages.at(-1)?.next !== null,
    isFetching: more.isPending, error: more.error, showMore: () => more.mutate(shown.pages + 1),
  };
}

export function VersionList({ project, model, newest, chosen }: VersionListProps) {
  const { button, versions, first, hasMore, isFetching, error, showMore } = useVersionPages(project, model, newest);
  return (
    <Section id="versions" title="Versions" flush>
      <ul>{versions.map((version) => <VersionRow key={version.id} project={project} model={model} version={version} isChosen={version.version === chosen} isFocused={version.version === first} />)}</ul>
      {hasMore && (
        <div className="flex flex-wrap items-center gap-3 border-line border-t px-4 py-2">
          <Button ref={button} size="sm" pending={isFetching} onClick={showMore}>Show older versions</Button>
          {error && <span role="alert" className="text-failed text-table">They could not be read: {error.message}</span>}
        </div>
      )}
    </Section>
  );
}
