import type { Metadata } from "next";
import { Suspense } from "react";
import { DefinitionPage } from "@/components/catalog/definition-page";
import { Hydrate, prefetch, trpc } from "@/components/trpc/server";
import { PageSkeleton } from "@/components/ui/feedback/skeletons";
import { publicUrl } from "@/server/platform/env";
import { orNotFound } from "../../../compute/or-not-found";

type Props = { params: Promise<{ project: string; name: string }>; searchParams: Promise<{ feature?: string | string[] }> };

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { feature } = await searchParams;
  return { title: typeof feature === "string" ? feature : (await params).name };
}

export default async function Page({ params }: Props) {
  const { project, name } = await params;
  await prefetch((client) => [client.fetchQuery(trpc.catalog.getDefinition.queryOptions({ project, kind: "feature_view", name })).catch(orNotFound), client.prefetchQuery(trpc.models.listModels.queryOptions({ project }))]);
  return (
    <Hydrate>
      <Suspense fallback={<PageSkeleton />}>
        <DefinitionPage project={project} kind="feature_view" name={name} origin={publicUrl()} />
      </Suspense>
    </Hydrate>
  );
}
