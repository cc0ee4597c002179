"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { Plus, Rocket } from "lucide-react";
import { parseAsBoolean, useQueryState } from "nuqs";
import { useState } from "react";
import type { DataColumn } from "@/components/data-table/data-column";
import { DataTable } from "@/components/data-table/data-table";
import { useTableState } from "@/components/data-table/use-table-state";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { Button, ButtonLink } from "@/components/ui/actions/button";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { formatCount } from "@/components/ui/format/format-number";
import { Switch } from "@/components/ui/forms/switch";
import { PageHeader } from "@/components/ui/layout/page-header";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { ExperimentView } from "@/server/domains/experiments/contract/experiment";
import { logSnippets } from "../snippets";
import { useCanWrite } from "../use-can-write";
import { useRestoreExperiment } from "./delete-experiment";
import { NameExperiment } from "./name-experiment";

const columns: DataColumn<ExperimentView>[] = [
  { key: "name", header: "Experiment", width: 320, cell: (row) => row.name, value: (row) => row.name },
  { key: "runs", header: "Runs", align: "right", width: 100, cell: (row) => formatCount(row.runCount), value: (row) => row.runCount },
  { key: "running", header: "Running", width: 130, cell: (row) => (row.running > 0 ? <StateBadge state="running" word={`${row.running} running`} /> : <span className="text-muted">–</span>), value: (row) => row.running },
  { key: "last", header: "Last run", width: 150, cell: (row) => (row.lastRunAt === null ? <span className="text-muted">never</span> : <RelativeTime at={new Date(row.lastRunAt)} />), value: (row) => row.lastRunAt },
  { key: "created", header: "Created", width: 150, cell: (row) => <RelativeTime at={row.createdAt} />, value: (row) => row.createdAt.toISOString() },
];

/** Newest first; deleted ones stand in a list of their own, from which they come back. */
export function ExperimentsPage({ project, serverUrl }: { project: string; serverUrl: string }) {
  const trpc = useTRPC();
  const canWrite = useCanWrite(project);
  const restore = useRestoreExperiment(project);
  const [isNaming, setIsNaming] = useState(false);
  const [showsDeleted, setShowsDeleted] = useQueryState("deleted", parseAsBoolean.withDefault(false));
  const state = useTableState({});
  const options = trpc.experiments.listExperiments.queryOptions({ project, view: showsDeleted ? "DELETED_ONLY" : "ACTIVE_ONLY", limit: 500 });
  const { data } = useSuspenseQuery(options);
  useLive(["experiments"], [options.queryKey]);
  const hasRuns = data.experiments.some((experiment) => experiment.runCount > 0);
  const actions = canWrite && (
    <>
      <Button icon={<Plus aria-hidden />} onClick={() => setIsNaming(true)}>New experiment</Button>
      <ButtonLink href={`/${project}/experiments/launch`} variant="primary" icon={<Rocket aria-hidden />}>Launch</ButtonLink>
    </>
  );
  return (
    <>
      <PageHeader title="Experiments" description="Which runs matter? Runs of one question, side by side." actions={actions} />
      {!hasRuns && !showsDeleted && (
        <EmptyState title="No run was logged yet" className="mb-4" snippets={logSnippets(serverUrl, "first-steps")}>
          An existing MLflow script logs here after two environment variables, or launch a recipe.
        </EmptyState>
      )}
      <DataTable
        label="Experiments"
        columns={columns}
        rows={data.experiments}
        rowId={(row) => row.id}
        rowName={(row) => row.name}
        rowHref={(row) => `/${project}/experiments/${row.no}`}
        state={state}
        csvName="experiments"
        toolbar={<Switch label="Deleted" checked={showsDeleted} onChange={(event) => void setShowsDeleted(event.target.checked || null)} />}
        selectionActions={
          showsDeleted && canWrite
            ? (ids) => <Button size="sm" pending={restore.isPending} onClick={() => { for (const row of data.experiments.filter((item) => ids.includes(item.id))) restore.mutate(row.no); }}>Restore</Button>
            : undefined
        }
        empty={<EmptyState title={showsDeleted ? "No experiment is deleted" : "No experiment yet"}>{showsDeleted ? "What is deleted can be restored from here." : "Create one, or let a script name it."}</EmptyState>}
      />
      <NameExperiment project={project} open={isNaming} onOpenChange={setIsNaming} />
    </>
  );
}
