import type { Metadata } from "next";
import { Suspense } from "react";
import { ModelsTable } from "@/components/models/models-table";
import { Hydrate, prefetch, trpc } from "@/components/trpc/server";
import { PageHeader } from "@/components/ui/layout/page-header";

export const metadata: Metadata = { title: "Models" };

type Props = { params: Promise<{ project: string }> };

export default async function ModelsPage({ params }: Props) {
  const { project } = await params;
  await prefetch((client) => [client.prefetchQuery(trpc.models.listModels.queryOptions({ project, limit: 1_000 }))]);
  return (
    <Hydrate>
      <PageHeader title="Models" description="What is live, how it got there, and what would change if you promote." />
      <Suspense>
        <ModelsTable project={project} />
      </Suspense>
    </Hydrate>
  );
}
