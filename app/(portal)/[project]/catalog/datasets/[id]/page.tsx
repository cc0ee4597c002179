import type { Metadata } from "next";
import { Suspense } from "react";
import { DatasetPage } from "@/components/catalog/dataset-page";
import { getQueryClient, Hydrate, prefetch, trpc } from "@/components/trpc/server";
import { PageSkeleton } from "@/components/ui/feedback/skeletons";
import { orNotFound } from "../../../compute/or-not-found";

type Props = { params: Promise<{ project: string; id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { project, id } = await params;
  const dataset = await getQueryClient().fetchQuery(trpc.catalog.getDataset.queryOptions({ project, datasetId: id })).catch(() => null);
  return { title: dataset ? `${dataset.name} v${dataset.version} · Catalog` : "Dataset" };
}

export default async function Page({ params }: Props) {
  const { project, id } = await params;
  await prefetch((client) => [client.fetchQuery(trpc.catalog.getDataset.queryOptions({ project, datasetId: id })).catch(orNotFound)]);
  return (
    <Hydrate>
      <Suspense fallback={<PageSkeleton />}>
        <DatasetPage project={project} datasetId={id} />
      </Suspense>
    </Hydrate>
  );
}
