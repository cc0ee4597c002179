"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { PageCrumbs } from "@/components/shell/crumbs/page-crumbs";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { Notice } from "@/components/ui/feedback/notice";
import { formatBytes } from "@/components/ui/format/format-bytes";
import { formatPlain } from "@/components/ui/format/format-number";
import { PageHeader } from "@/components/ui/layout/page-header";
import { RelativeTime } from "@/components/ui/text/relative-time";
import { Failure } from "../failure";
import { recipeSnippets } from "../snippets";
import { AddRecipe } from "./add/add-recipe";
import { RecipeOrigin } from "./recipe-origin";

export type RecipeListProps = {
  project: string;
  serverUrl: string;
  /** A recipe that was asked for and is not there. */
  missing: string | null;
};

/** What can be launched. */
export function RecipeList({ project, serverUrl, missing }: RecipeListProps) {
  const trpc = useTRPC();
  const asked = trpc.experiments.listRecipes.queryOptions({ project });
  const { data: recipes, error, refetch } = useQuery(asked);
  useLive(["recipes"], [asked.queryKey]);
  return (
    <>
      <PageCrumbs crumbs={[{ label: "Launch" }]} />
      <PageHeader title="Launch" description="A recipe is code with a command, parameters and resources. Choose what to run." actions={<AddRecipe project={project} />} />
      {missing && (
        <Notice tone="warning" className="mb-3">
          There is no recipe {missing} in this project. It may be of another project, or was never registered.
        </Notice>
      )}
      {error && <Failure title="The recipes could not be read" error={error} onRetry={() => void refetch()} />}
      {recipes?.length === 0 && (
        <EmptyState title="No recipes yet" snippets={recipeSnippets(serverUrl)}>
          Add a recipe once, and everyone can launch it from a form made of its parameters. A script registers it too; make its token in Settings.
        </EmptyState>
      )}
      {recipes && recipes.length > 0 && (
        <ul className="overflow-hidden rounded-lg border border-line bg-panel">
          {recipes.map(({ id, name, version, definition, source, createdAt }) => (
            <li key={id} className="border-line border-b last:border-b-0">
              <Link
                href={`/${project}/experiments/launch?recipe=${name}`}
                className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 px-4 py-2.5 -outline-offset-2 hover:bg-well/60"
              >
                <span className="min-w-0 flex-1 basis-72">
                  <span className="font-medium text-accent-text">{name}</span> <span className="text-label text-muted">v{version} <RecipeOrigin source={source} /></span>
                  <span className="block text-muted text-table">{definition.description || definition.command.join(" ")}</span>
                </span>
                <span className="text-label text-muted">
                  {Object.keys(definition.parameters.properties).length} {Object.keys(definition.parameters.properties).length === 1 ? "parameter" : "parameters"} · {formatPlain(definition.resources.cpus)} CPU ·{" "}
                  {formatBytes(definition.resources.memory)}
                  {definition.resources.gpus > 0 && ` · ${definition.resources.gpus} GPU`}
                </span>
                <RelativeTime at={createdAt} className="w-24 text-right text-label text-muted max-sm:hidden" />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
