import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import type { ModelView, VersionView } from "@/server/domains/models/contract";

/** The live version: among those listed, or asked for where it is older than all of them. */
export function useChampion(project: string, model: ModelView, listed: readonly VersionView[]): VersionView | null {
  const trpc = useTRPC();
  const version = model.aliases.find(({ alias }) => alias === "champion")?.version ?? null;
  const found = listed.find((item) => item.version === version) ?? null;
  const asked = trpc.models.getVersion.queryOptions({ project, name: model.name, version: version ?? 1 }, { enabled: version !== null && found === null });
  const { data } = useQuery(asked);
  useLive([`model:${model.name}`], [asked.queryKey]);
  return version === null ? null : (found ?? data ?? null);
}
