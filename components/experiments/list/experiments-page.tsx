"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { NotebookText, Plus, Rocket, Search } from "lucide-react";
import { parseAsString, parseAsStringLiteral, useQueryState } from "nuqs";
import { useMemo, useState } from "react";
import { DataTable } from "@/components/data-table/data-table";
import { useTableState } from "@/components/data-table/use-table-state";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { useMay } from "@/components/trpc/use-may";
import { Button, ButtonLink } from "@/components/ui/actions/button";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { Input } from "@/components/ui/forms/input";
import { Segmented } from "@/components/ui/forms/segmented";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { PageHeader } from "@/components/ui/layout/page-header";
import { Failure } from "../failure";
import { logSnippets } from "../snippets";
import { ExperimentCard } from "./experiment-card";
import { experimentColumns } from "./experiment-columns";
import { experimentsKey, experimentsSearch, experimentsSort } from "./experiments-query";
import { NameExperiment } from "./name-experiment";
import { PurgeDeleted } from "./purge-deleted";

const views = [
  { value: "active", label: "Active" },
  { value: "deleted", label: "Deleted" },
] as const;

export type ExperimentsPageProps = { project: string; serverUrl: string };

function useExperiments(project: string, search: ReturnType<typeof experimentsSearch>) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const pages = useInfiniteQuery({
    queryKey: experimentsKey(project, search),
    queryFn: ({ pageParam }) => client.experiments.listExperiments.query({ project, ...search, pageToken: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
  useLive(["experiments"], [["experiments", "list", project], trpc.experiments.listExperiments.queryKey()]);
  return { pages, rows: useMemo(() => pages.data?.pages.flatMap((page) => page.experiments) ?? [], [pages.data]) };
}

export function ExperimentsPage({ project, serverUrl }: ExperimentsPageProps) {
  const canWrite = useMay(project, "member");
  const state = useTableState({ defaultSort: experimentsSort });
  const [view, setView] = useQueryState("view", parseAsStringLiteral(["active", "deleted"]).withDefault("active"));
  // Found as one types: each letter would be a step of its own in the history.
  const [text, setText] = useQueryState(
    "q",
    parseAsString.withDefault("").withOptions({ history: "replace", throttleMs: 200 }),
  );
  const [creating, setCreating] = useState(false);
  const { pages, rows } = useExperiments(project, experimentsSearch({ text, sort: state.sort, view }));
  const columns = useMemo(() => experimentColumns(project, canWrite), [project, canWrite]);
  return (
    <>
      <PageHeader
        title="Experiments"
        description="Runs that belong together, of one question."
        actions={
          <>
            <ButtonLink href={`/${project}/experiments/reports`} icon={<NotebookText aria-hidden />}>
              Reports
            </ButtonLink>
            {canWrite && (
              <>
                <Button icon={<Plus />} onClick={() => setCreating(true)}>
                  Create
                </Button>
                <ButtonLink href={`/${project}/experiments/launch`} variant="primary" icon={<Rocket aria-hidden />}>
                  Launch
                </ButtonLink>
              </>
            )}
          </>
        }
      />
      {view === "active" && text === "" && rows.length > 0 && rows.every((row) => row.runCount === 0) && (
        <NoRunsYet project={project} serverUrl={serverUrl} />
      )}
      <DataTable
        label="Experiments"
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        rowName={(row) => row.name}
        rowHref={(row) => `/${project}/experiments/${row.no}`}
        state={state}
        loading={pages.isPending}
        error={
          pages.error && (
            <Failure
              title="The experiments could not be read"
              error={pages.error}
              onRetry={() => void pages.refetch()}
            />
          )
        }
        empty={
          view === "deleted" ? (
            <EmptyState title="No deleted experiments">Deleted experiments stay here, and can be restored.</EmptyState>
          ) : undefined
        }
        hasNextPage={pages.hasNextPage}
        isFetchingNextPage={pages.isFetchingNextPage}
        fetchNextPage={pages.fetchNextPage}
        filter={
          <Input
            aria-label="Find an experiment"
            placeholder="Find by name"
            prefix={<Search aria-hidden />}
            value={text}
            onChange={(event) => void setText(event.target.value || null)}
            className="max-w-96 flex-1 basis-48"
            data-filter-input
          />
        }
        toolbar={
          <>
            <span className="flex-1" />
            {view === "deleted" && <PurgeDeleted project={project} />}
            <Segmented
              label="Which experiments"
              options={views}
              value={view}
              onValueChange={(next) => void setView(next)}
            />
          </>
        }
        card={(row) => <ExperimentCard experiment={row} />}
      />
      <NameExperiment project={project} open={creating} onOpenChange={setCreating} />
    </>
  );
}

/** The default experiment is always there, so a new project's list is never empty: this teaches above it. */
function NoRunsYet({ project, serverUrl }: ExperimentsPageProps) {
  return (
    <EmptyState title="No run was logged yet" className="mb-4" snippets={logSnippets(serverUrl, "first-steps")}>
      Any script that logs with the MLflow client shows up here as it runs. Its token is made in{" "}
      <InlineLink className="underline" href={`/${project}/settings/tokens`}>
        Settings
      </InlineLink>
      .
    </EmptyState>
  );
}
