import type { Metadata } from "next";
import { Suspense } from "react";
import { ModelPage } from "@/components/models/model-page";
import { Hydrate, prefetch, trpc } from "@/components/trpc/server";
import { PageSkeleton } from "@/components/ui/feedback/skeletons";
import { publicUrl } from "@/server/platform/env";

type Props = { params: Promise<{ project: string; name: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

export default async function Page({ params }: Props) {
  const { project, name: encoded } = await params;
  const name = decodeURIComponent(encoded);
  await prefetch((client) => [
    client.prefetchQuery(trpc.models.getModel.queryOptions({ project, name })),
    client.prefetchQuery(trpc.models.listVersions.queryOptions({ project, name })),
    client.prefetchQuery(trpc.models.listPromotions.queryOptions({ project, name })),
    client.prefetchQuery(trpc.models.listLedger.queryOptions({ project, name })),
  ]);
  return (
    <Hydrate>
      <Suspense fallback={<PageSkeleton />}>
        <ModelPage project={project} name={name} origin={publicUrl()} now={Date.now()} />
      </Suspense>
    </Hydrate>
  );
}
