import { useQueries, useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";

const mostModels = 5;

/** The logged models that are champions of models whose gate asks this suite; null until that is known. */
export function useChampions(project: string, suite: string): ReadonlySet<string> | null {
  const trpc = useTRPC();
  const { data, isPending } = useQuery(trpc.models.listModels.queryOptions({ project }));
  const champions = (data?.models ?? []).flatMap(({ name, suite: own, aliases }) => {
    const version = aliases.find(({ alias }) => alias === "champion")?.version;
    return own === suite && version !== undefined ? [{ name, version }] : [];
  });
  const versions = useQueries({ queries: champions.slice(0, mostModels).map(({ name, version }) => trpc.models.getVersion.queryOptions({ project, name, version })) });
  if (isPending || versions.some((query) => query.isPending)) return null;
  return new Set(versions.flatMap(({ data: version }) => version?.loggedModelId ?? []));
}
