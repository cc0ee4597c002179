import type { Metadata } from "next";
import { Suspense } from "react";
import { Hydrate, prefetch, trpc } from "@/components/trpc/server";
import { PageSkeleton } from "@/components/ui/feedback/skeletons";
import { publicUrl } from "@/server/platform/env";
import { readModel } from "./read-model";
import { ModelWithEvaluation } from "./model-with-evaluation";

/** At least so many of the newest are in the list. */
const listedVersions = 100;

type Props = { params: Promise<{ project: string; name: string }>; searchParams: Promise<{ version?: string | string[] }> };

export async function generateMetadata({ params }: Pick<Props, "params">): Promise<Metadata> {
  return { title: `${decodeURIComponent((await params).name)} · Model` };
}

export default async function Page({ params, searchParams }: Props) {
  const { project, name: encoded } = await params;
  const { name, aliases, latestVersion } = await readModel(project, encoded);
  const champion = aliases.find(({ alias }) => alias === "champion")?.version;
  const asked = Number.parseInt(String((await searchParams).version), 10);
  // The browser finds the others in the list; NaN is of no version.
  const unlisted = new Set([champion ?? Number.NaN, asked].filter((version) => version > 0 && (latestVersion ?? 0) - version >= listedVersions));
  await prefetch((client) => [
    client.prefetchQuery(trpc.identity.getViewer.queryOptions({ project })),
    client.prefetchQuery(trpc.models.readTraffic.queryOptions({ project, name, minutes: 60 })),
    client.prefetchQuery(trpc.models.listVersions.queryOptions({ project, name })),
    ...[...unlisted].map((version) => client.prefetchQuery(trpc.models.getVersion.queryOptions({ project, name, version }))),
    client.prefetchQuery(trpc.models.listPromotions.queryOptions({ project, name })),
    client.prefetchQuery(trpc.monitoring.listMonitors.queryOptions({ project })),
    client.prefetchQuery(trpc.models.listLedger.queryOptions({ project, name })),
    client.prefetchQuery(trpc.models.listLedger.queryOptions({ project, name, alias: "champion" })),
  ]);
  return (
    <Hydrate>
      <Suspense fallback={<PageSkeleton />}>
        <ModelWithEvaluation project={project} name={name} origin={publicUrl()} now={Date.now()} />
      </Suspense>
    </Hydrate>
  );
}
