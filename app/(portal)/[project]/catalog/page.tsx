import type { Metadata } from "next";
import { Suspense } from "react";
import { CatalogPage } from "@/components/catalog/catalog-page";
import { datasetsAsked } from "@/components/catalog/datasets-asked";
import { Hydrate, prefetch, trpc } from "@/components/trpc/server";
import { PageHeader } from "@/components/ui/layout/page-header";
import { PageSkeleton } from "@/components/ui/feedback/skeletons";
import { publicUrl } from "@/server/platform/env";

export const metadata: Metadata = { title: "Catalog" };

type Props = { params: Promise<{ project: string }> };

export default async function Page({ params }: Props) {
  const { project } = await params;
  await prefetch((client) => [
    client.prefetchQuery(trpc.catalog.listDefinitions.queryOptions({ project })),
    client.prefetchInfiniteQuery(trpc.catalog.listDatasets.infiniteQueryOptions(datasetsAsked(project), { getNextPageParam: (page) => page.nextCursor })),
    client.prefetchQuery(trpc.models.listModels.queryOptions({ project })),
  ]);
  return (
    <Hydrate>
      <PageHeader title="Catalog" description="Is there a feature for this, and can it be trusted?" />
      <Suspense fallback={<PageSkeleton />}>
        <CatalogPage project={project} origin={publicUrl()} />
      </Suspense>
    </Hydrate>
  );
}
