import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { NewSweepPage } from "@/components/experiments/sweeps/form/new-sweep-page";
import { getQueryClient, Hydrate, prefetch, trpc } from "@/components/trpc/server";
import { orNotFound } from "../../read-experiment";

type Props = { params: Promise<{ project: string }>; searchParams: Promise<{ recipe?: string }> };

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  return { title: `Sweep ${(await searchParams).recipe ?? ""}` };
}

export default async function Page({ params, searchParams }: Props) {
  const { project } = await params;
  // A sweep is of a recipe: that is chosen first.
  const name = (await searchParams).recipe ?? redirect(`/${project}/experiments/launch`);
  await getQueryClient().fetchQuery(trpc.experiments.getRecipe.queryOptions({ project, name })).catch(orNotFound);
  await prefetch((client) => [client.prefetchQuery(trpc.identity.getViewer.queryOptions({ project })), client.prefetchQuery(trpc.compute.getPrices.queryOptions({ project }))]);
  return (
    <Hydrate>
      <NewSweepPage project={project} recipeName={name} />
    </Hydrate>
  );
}
