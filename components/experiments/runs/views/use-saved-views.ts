"use client";

import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { savedKey, viewQueryOf } from "./view-query";

/** The saved views of an experiment's runs, the one that the page came from, and what the page shows now. */
export function useSavedViews(project: string, experimentNo: number) {
  const trpc = useTRPC();
  const place = { project, experimentNo, kind: "runs" } as const;
  const { data, isPending, error } = useQuery(trpc.experiments.listViews.queryOptions(place));
  useLive(["saved-views"], [trpc.experiments.listViews.queryKey(place)]);
  const search = useSearchParams();
  const query = viewQueryOf(search.toString());
  const views = data ?? [];
  const current = views.find((view) => view.id === search.get(savedKey)) ?? views.find((view) => viewQueryOf(view.query) === query) ?? null;
  return { views, query, current, isEdited: current !== null && viewQueryOf(current.query) !== query, isPending, error };
}
