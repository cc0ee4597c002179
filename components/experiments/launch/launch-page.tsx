"use client";

import { useQuery } from "@tanstack/react-query";
import { PageCrumbs } from "@/components/shell/crumbs/page-crumbs";
import { useTRPC } from "@/components/trpc/client";
import { useMay } from "@/components/trpc/use-may";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { PageHeader } from "@/components/ui/layout/page-header";
import type { RecipeView } from "@/server/domains/experiments/contract/recipe";
import { Failure } from "../failure";
import { runHref, runIdOf } from "../run-identity";
import { LaunchForm } from "./launch-form";
import type { Forecast } from "./launch-panel";
import { RecipeOrigin } from "./recipe-origin";
import { useHeldRecipe } from "./use-held-recipe";

export type LaunchPageProps = {
  project: string;
  recipeName: string;
  fromHex: string | null;
  forecast: (recipe: RecipeView, priority: number) => Forecast;
};

export function LaunchPage({ project, recipeName, fromHex, forecast }: LaunchPageProps) {
  const trpc = useTRPC();
  const canWrite = useMay(project, "member");
  const fromId = fromHex ? runIdOf(fromHex) : null;
  const {
    data: latest,
    error,
    refetch,
  } = useQuery(trpc.experiments.getRecipe.queryOptions({ project, name: recipeName }));
  const { recipe, newer } = useHeldRecipe(latest);
  const from = useQuery(
    trpc.experiments.getRun.queryOptions({ project, runId: fromId ?? "" }, { enabled: fromId !== null }),
  );
  if (error && !recipe) return <Failure title="The recipe could not be read" error={error} onRetry={() => void refetch()} />;
  if (!recipe || (fromId !== null && from.isPending)) return null;
  return (
    <>
      <PageCrumbs crumbs={[{ label: "Launch", href: `/${project}/experiments/launch` }, { label: recipe.name }]} />
      <PageHeader
        title={`Launch ${recipe.name}`}
        description={
          <>
            {recipe.definition.description}{" "}
            {from.data && (
              <>
                Cloned from{" "}
                <InlineLink className="underline" href={runHref(project, from.data.id)}>
                  {from.data.name}
                </InlineLink>
                .
              </>
            )}
          </>
        }
        state={<span className="text-label text-muted">v{recipe.version} <RecipeOrigin source={recipe.source} /></span>}
      />
      {newer}
      {canWrite ? (
        <LaunchForm
          key={`${recipe.id} ${fromId ?? ""}`}
          project={project}
          recipe={recipe}
          from={from.data ?? null}
          forecast={forecast}
        />
      ) : (
        <EmptyState title="You may look, not launch">Ask an owner of this project for the role of a member.</EmptyState>
      )}
    </>
  );
}
