import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
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

/** The newest page, and older ones on request; all are read again, each from where the one above it ends, so that none is lost or doubled between two. */
function useVersionPages(project: string, name: string, newest: VersionPage) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [isAsked, ask] = useState(false);
  const queryKey = [...trpc.models.listVersions.queryKey({ project, name }), "pages"];
  const pages = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }): Promise<VersionPage> => client.models.listVersions.query({ project, name, before: pageParam }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
    initialData: { pages: [newest], pageParams: [null] },
    staleTime: Number.POSITIVE_INFINITY,
    enabled: isAsked,
  });
  useLive([`model:${name}`], isAsked ? [queryKey] : []);
  const showMore = async () => {
    ask(true);
    const { data } = await pages.fetchNextPage();
    return data?.pages.at(-1)?.versions[0]?.version ?? null;
  };
  return {
    versions: isAsked ? pages.data.pages.flatMap(({ versions }) => versions) : newest.versions,
    hasMore: isAsked ? pages.hasNextPage : newest.next !== null,
    isFetching: pages.isFetchingNextPage,
    error: pages.isFetchNextPageError ? pages.error : null,
    showMore,
  };
}

export function VersionList({ project, model, newest, chosen }: VersionListProps) {
  const { versions, hasMore, isFetching, error, showMore } = useVersionPages(project, model, newest);
  const [firstOfPage, setFirstOfPage] = useState<number | null>(null);
  return (
    <Section id="versions" title="Versions" flush>
      <ul>{versions.map((version) => <VersionRow key={version.id} project={project} model={model} version={version} isChosen={version.version === chosen} isFocused={version.version === firstOfPage} />)}</ul>
      {hasMore && (
        <div className="flex flex-wrap items-center gap-3 border-line border-t px-4 py-2">
          <Button size="sm" pending={isFetching} onClick={() => void showMore().then(setFirstOfPage)}>Show older versions</Button>
          {error && <span role="alert" className="text-failed text-table">They could not be read: {error.message}</span>}
        </div>
      )}
    </Section>
  );
}
