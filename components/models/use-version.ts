import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import type { VersionView } from "@/server/domains/models/contract";

type Found = { version: VersionView | null; state: "found" | "coming" | "missing" | "none" };

/** A version by its number: among those listed, or asked for where it is older than all of them. */
export function useVersion(project: string, name: string, number: number | null, listed: readonly VersionView[]): Found {
  const trpc = useTRPC();
  const found = listed.find((item) => item.version === number) ?? null;
  const asked = trpc.models.getVersion.queryOptions({ project, name, version: number ?? 1 }, { enabled: number !== null && found === null, retry: false });
  const { data, isPending } = useQuery(asked);
  useLive([`model:${name}`], [asked.queryKey]);
  if (number === null) return { version: null, state: "none" };
  const version = found ?? data ?? null;
  return { version, state: version ? "found" : isPending ? "coming" : "missing" };
}
