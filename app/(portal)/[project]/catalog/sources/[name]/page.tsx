import type { Metadata } from "next";
import { Suspense } from "react";
import { DefinitionPage } from "@/components/catalog/definition-page";
import { Hydrate, prefetch, trpc } from "@/components/trpc/server";
import { PageSkeleton } from "@/components/ui/feedback/skeletons";
import { publicUrl } from "@/server/platform/env";
import { orNotFound } from "../../../compute/or-not-found";

type Props = { params: Promise<{ project: string; name: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).name };
}

export default async function Page({ params }: Props) {
  const { project, name } = await params;
  await prefetch((client) => [client.fetchQuery(trpc.catalog.getDefinition.queryOptions({ project, kind: "source", name })).catch(orNotFound)]);
  return (
    <Hydrate>
      <Suspense fallback={<PageSkeleton />}>
        <DefinitionPage project={project} kind="source" name={name} origin={publicUrl()} />
      </Suspense>
    </Hydrate>
  );
}
