"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { InlineLink } from "@/components/ui/layout/inline-link";

/** Where an evaluated model and the registry meet: the versions whose gate may stand on this evaluation. */
export function RegisteredAs({ project, loggedModelId }: { project: string; loggedModelId: string }) {
  const trpc = useTRPC();
  const asked = trpc.models.listRegistered.queryOptions({ project, loggedModelId });
  const { data } = useQuery(asked);
  useLive(["models"], [asked.queryKey]);
  if (!data || data.versions.length === 0) return data ? "no version" : "–";
  return (
    <span className="flex flex-wrap gap-x-2">
      {data.versions.map(({ model, version }) => (
        <InlineLink key={`${model} ${version}`} href={`/${project}/models/${encodeURIComponent(model)}?version=${version}`}>
          {model} v{version}
        </InlineLink>
      ))}
    </span>
  );
}
