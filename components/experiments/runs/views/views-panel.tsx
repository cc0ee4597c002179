"use client";

import { useState } from "react";
import { useMay } from "@/components/trpc/use-may";
import { Button } from "@/components/ui/actions/button";
import type { SavedView } from "@/server/domains/experiments/contract/saved-view";
import { messageOf } from "../../failure";
import { NameView } from "./name-view";
import type { useSavedViews } from "./use-saved-views";
import { useViewChanges } from "./use-view-changes";
import { viewWords } from "./view-words";
import { ViewRow } from "./view-row";

export type ViewsPanelProps = { project: string; experimentNo: number; saved: ReturnType<typeof useSavedViews>; onDone: () => void };

/** The saved views to go to, and a way to keep what the table shows now. */
export function ViewsPanel({ project, experimentNo, saved, onDone }: ViewsPanelProps) {
  const { views, query, current, isEdited, error } = saved;
  const canWrite = useMay(project, "member");
  const { saveView, updateView, deleteView } = useViewChanges(project, experimentNo);
  const [renamed, setRenamed] = useState<string | null>(null);
  const groups: [string, SavedView[]][] = [
    ["Yours", views.filter((view) => !view.isShared)],
    ["Shared with the project", views.filter((view) => view.isShared)],
  ];

  return (
    <div className="grid gap-1.5">
      {error && <p className="px-1 py-2 text-failed text-table">{messageOf(error)}</p>}
      {views.length === 0 && !error && (
        <p className="px-1 pt-1 text-muted text-table">No saved views yet. A view keeps the filter, order, columns, grouping, metric and baseline.</p>
      )}
      <div className="quiet-scroll grid max-h-72 gap-1.5 overflow-y-auto">
        {groups.map(([title, list]) =>
          list.length === 0 ? null : (
            <section key={title} aria-label={title}>
              <h3 className="px-1 text-faint text-label">{title}</h3>
              <ul>
                {list.map((view) =>
                  renamed === view.id ? (
                    <li key={view.id} className="py-1">
                      <NameView
                        label={`New name of ${view.name}`}
                        verb="Rename"
                        initial={view.name}
                        pending={updateView.isPending}
                        error={null}
                        onCancel={() => setRenamed(null)}
                        onSubmit={({ name }) => updateView.mutate({ id: view.id, name }, { onSuccess: () => setRenamed(null) })}
                      />
                    </li>
                  ) : (
                    <ViewRow
                      key={view.id}
                      view={view}
                      isCurrent={view.id === current?.id}
                      onOpened={onDone}
                      onRename={() => setRenamed(view.id)}
                      onShare={() => updateView.mutate({ id: view.id, isShared: !view.isShared })}
                      onOverwrite={() => updateView.mutate({ id: view.id, query })}
                      onDelete={() => deleteView.mutate(view)}
                    />
                  ),
                )}
              </ul>
            </section>
          ),
        )}
      </div>
      {canWrite && (
        <div className="grid gap-2 border-line border-t pt-2">
          <p className="px-1 text-label text-muted" data-tip={viewWords(query)}>
            <span className="line-clamp-2 break-words">Now: {viewWords(query)}</span>
          </p>
          {current && isEdited && current.mayChange && (
            <Button pending={updateView.isPending} onClick={() => updateView.mutate({ id: current.id, query })}>
              <span className="max-w-56 truncate">Save changes to “{current.name}”</span>
            </Button>
          )}
          <NameView
            label="Name of a new view"
            verb="Save"
            initial=""
            canShare
            pending={saveView.isPending}
            error={saveView.error ? messageOf(saveView.error) : null}
            faultOf={({ name, isShared }) => views.some((view) => view.name === name && view.isShared === isShared) ? `There is ${isShared ? "a shared view" : "a view of yours"} named “${name}” already.` : null}
            onSubmit={(view) => saveView.mutate({ ...view, query }, { onSuccess: onDone })}
          />
        </div>
      )}
    </div>
  );
}
