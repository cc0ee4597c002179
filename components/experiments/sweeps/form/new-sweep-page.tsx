"use client";

import { useQuery } from "@tanstack/react-query";
import { PageCrumbs } from "@/components/shell/crumbs/page-crumbs";
import { useTRPC } from "@/components/trpc/client";
import { useMay } from "@/components/trpc/use-may";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { PageHeader } from "@/components/ui/layout/page-header";
import { Failure } from "../../failure";
import { useHeldRecipe } from "../../launch/use-held-recipe";
import { SweepForm } from "./sweep-form";

export function NewSweepPage({ project, recipeName }: { project: string; recipeName: string }) {
  const trpc = useTRPC();
  const canWrite = useMay(project, "member");
  const { data: latest, error, refetch } = useQuery(trpc.experiments.getRecipe.queryOptions({ project, name: recipeName }));
  const { recipe, newer } = useHeldRecipe(latest);
  if (error && !recipe) return <Failure title="The recipe could not be read" error={error} onRetry={() => void refetch()} />;
  if (!recipe) return null;
  return (
    <>
      <PageCrumbs
        crumbs={[
          { label: "Launch", href: `/${project}/experiments/launch` },
          { label: recipe.name, href: `/${project}/experiments/launch?recipe=${recipe.name}` },
          { label: "Sweep" },
        ]}
      />
      <PageHeader title={`Sweep ${recipe.name}`} description="Many runs over a space of parameters, each chosen from what the ones before have shown." state={<span className="text-label text-muted">v{recipe.version}</span>} />
      {newer}
      {canWrite ? <SweepForm key={recipe.id} project={project} recipe={recipe} /> : <EmptyState title="You may look, not launch">Ask an owner of this project for the role of a member.</EmptyState>}
    </>
  );
}
