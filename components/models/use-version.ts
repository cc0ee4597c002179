import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import type { VersionView } from "@/server/domains/models/contract";

/** `failed`: whether there is such a version is not known. */
type Found = { version: VersionView | null; state: "found" | "coming" | "missing" | "failed" | "none"; retry: () => void };

const refusals = [400, 404];

/** A version by its number: among those listed, or asked for where it is older than all of them. */
export function useVersion(project: string, name: string, number: number | null, listed: readonly VersionView[]): Found {
  const trpc = useTRPC();
  const found = listed.find((item) => item.version === number) ?? null;
  const asked = trpc.models.getVersion.queryOptions({ project, name, version: number ?? 1 }, { enabled: number !== null && found === null });
  const { data, error, isPending, refetch } = useQuery(asked);
  useLive([`model:${name}`], [asked.queryKey]);
  const retry = () => void refetch();
  const version = found ?? data ?? null;
  if (number === null) return { version: null, state: "none", retry };
  if (version || isPending) return { version, state: version ? "found" : "coming", retry };
  return { version, state: refusals.includes(error?.data?.httpStatus ?? 0) ? "missing" : "failed", retry };
}
