import type { Metadata } from "next";
import { RecipeList } from "@/components/experiments/launch/recipe-list";
import { runIdOf } from "@/components/experiments/run-identity";
import { getQueryClient, Hydrate, prefetch, trpc } from "@/components/trpc/server";
import { publicUrl } from "@/server/platform/env";
import { orNull } from "../read-experiment";
import { LaunchWithForecast } from "./launch-with-forecast";

type Props = { params: Promise<{ project: string }>; searchParams: Promise<{ recipe?: string; from?: string }> };

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { recipe } = await searchParams;
  return { title: recipe ? `Launch ${recipe}` : "Launch" };
}

export default async function Page({ params, searchParams }: Props) {
  const { project } = await params;
  const { recipe, from } = await searchParams;
  const runId = from ? runIdOf(from) : null;
  const { getRecipe, getRun, listRecipes } = trpc.experiments;
  const found = recipe ? await getQueryClient().fetchQuery(getRecipe.queryOptions({ project, name: recipe })).catch(orNull) : null;
  await prefetch((client) => [
    client.prefetchQuery(trpc.identity.getViewer.queryOptions({ project })),
    ...(found ? [client.prefetchQuery(trpc.compute.getPrices.queryOptions({ project }))] : [client.prefetchQuery(listRecipes.queryOptions({ project }))]),
    ...(runId ? [client.prefetchQuery(getRun.queryOptions({ project, runId }))] : []),
  ]);
  return (
    <Hydrate>
      {found ? (
        <LaunchWithForecast key={`${recipe} ${from}`} project={project} recipeName={found.name} fromHex={from ?? null} />
      ) : (
        <RecipeList project={project} serverUrl={publicUrl()} missing={recipe ?? null} />
      )}
    </Hydrate>
  );
}
