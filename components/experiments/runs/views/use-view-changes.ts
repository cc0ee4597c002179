"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { notify } from "@/components/ui/feedback/notify";
import type { SavedView } from "@/server/domains/experiments/contract/saved-view";
import { messageOf } from "../../failure";
import { savedHref } from "./view-query";

/** Puts a saved view's state into the URL; Back undoes it. */
export function openView(view: { id: string; query: string }) {
  window.history.pushState(null, "", savedHref(view));
}

export type NewView = { name: string; query: string; isShared: boolean };

export function useViewChanges(project: string, experimentNo: number) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const cache = useQueryClient();
  const readAgain = () => cache.invalidateQueries({ queryKey: trpc.experiments.listViews.queryKey() });

  const saveView = useMutation({
    mutationFn: (view: NewView) => client.experiments.saveView.mutate({ project, experimentNo, kind: "runs", ...view }),
    onSuccess: async (view) => {
      await readAgain();
      openView(view);
      notify.success(`“${view.name}” saved${view.isShared ? " and shared with the project" : ""}`);
    },
  });

  const updateView = useMutation({
    mutationFn: ({ id, ...change }: { id: string } & Partial<NewView>) => client.experiments.updateView.mutate({ project, viewId: id, ...change }),
    onSuccess: (view) => notify.success(`“${view.name}” saved`),
    onError: (error) => notify.error("The view was not changed", { description: messageOf(error) }),
    onSettled: readAgain,
  });

  const deleteView = useMutation({
    mutationFn: (view: SavedView) => client.experiments.deleteView.mutate({ project, viewId: view.id }),
    onSuccess: (_, { name, query, isShared, isOwn }) =>
      notify.success(`“${name}” deleted`, isOwn ? { action: { label: "Undo", onClick: () => saveView.mutate({ name, query, isShared }) } } : undefined),
    onError: (error) => notify.error("The view was not deleted", { description: messageOf(error) }),
    onSettled: readAgain,
  });

  return { saveView, updateView, deleteView };
}
