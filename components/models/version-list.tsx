import { useQueries } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
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
type VersionListProps = { project: string; model: string; newest: VersionPage; chosen: number | null };

function VersionRow({ project, model, version, isChosen }: { project: string; model: string; version: VersionView; isChosen: boolean }) {
  const href = `/${project}/models/${encodeURIComponent(model)}?version=${version.version}`;
  return (
    <li className={cn("flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-4 py-2 last:border-b-0", isChosen && "bg-well")}>
      <Link href={href} scroll={false} aria-current={isChosen || undefined} className="w-10 font-medium text-accent-text hover:underline">v{version.version}</Link>
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

/** Pages before the newest one, each asked for with the number that the page above it ends with. */
function useOlder(project: string, name: string, newest: VersionPage) {
  const trpc = useTRPC();
  const [befores, setBefores] = useState<readonly number[]>([]);
  const queries = befores.map((before) => trpc.models.listVersions.queryOptions({ project, name, before }));
  const pages = useQueries({ queries });
  useLive([`model:${name}`], queries.map(({ queryKey }) => queryKey));
  const oldest = pages.length > 0 ? pages.at(-1) : { data: newest, isFetching: false, isError: false };
  const next = oldest?.data?.next ?? null;
  return {
    versions: [...newest.versions, ...pages.flatMap(({ data }) => data?.versions ?? [])],
    hasMore: next !== null || oldest?.data === undefined,
    isFetching: oldest?.isFetching ?? false,
    showMore: () => void (next !== null ? setBefores([...befores, next]) : pages.at(-1)?.refetch()),
  };
}

export function VersionList({ project, model, newest, chosen }: VersionListProps) {
  const { versions, hasMore, isFetching, showMore } = useOlder(project, model, newest);
  return (
    <Section id="versions" title="Versions" flush>
      <ul>{versions.map((version) => <VersionRow key={version.id} project={project} model={model} version={version} isChosen={version.version === chosen} />)}</ul>
      {hasMore && <div className="border-line border-t px-4 py-2"><Button size="sm" pending={isFetching} onClick={showMore}>Show older versions</Button></div>}
    </Section>
  );
}
