"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { DataColumn } from "@/components/data-table/data-column";
import { DataTable } from "@/components/data-table/data-table";
import { useTableState } from "@/components/data-table/use-table-state";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { QuerySection } from "@/components/trpc/query-section";
import { Button } from "@/components/ui/actions/button";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { notify } from "@/components/ui/feedback/notify";
import { formatCount } from "@/components/ui/format/format-number";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { EvaluationSummary } from "@/server/domains/evaluations/contract/evaluation";
import type { MetricName } from "@/server/domains/evaluations/contract/result";
import { estimateText, metricTitles } from "./metric-words";

function metricColumn(name: MetricName): DataColumn<EvaluationSummary> {
  return {
    key: name, header: metricTitles[name], align: "right", width: 110, value: (row) => row.metrics[name].value,
    cell: (row) => <span data-tip={estimateText(row.metrics[name])}>{row.metrics[name].value?.toFixed(4) ?? "–"}</span>,
  };
}

const columns: DataColumn<EvaluationSummary>[] = [
  { key: "model", header: "Model", width: 230, cell: (row) => row.model.name, value: (row) => row.model.name },
  { key: "suite", header: "Suite", width: 150, cell: (row) => `${row.suite.name} v${row.suite.version}`, value: (row) => `${row.suite.name} v${row.suite.version}` },
  { key: "dataset", header: "Dataset", width: 150, cell: (row) => `${row.dataset.name} v${row.dataset.version}`, value: (row) => row.dataset.name },
  metricColumn("log_loss"), metricColumn("auc"), metricColumn("brier"), metricColumn("ece"),
  { key: "rows", header: "Rows", align: "right", width: 90, cell: (row) => formatCount(row.support.rows), value: (row) => row.support.rows },
  { key: "clusters", header: "Clusters", align: "right", width: 90, cell: (row) => row.support.clusters ?? "–", value: (row) => row.support.clusters },
  { key: "created", header: "Evaluated", width: 130, cell: (row) => <RelativeTime at={row.createdAt} />, value: (row) => row.createdAt.toISOString() },
];

const waitLimitMs = 120_000;

/** Starts a comparison of two chosen evaluations and goes to it when it is there. */
function CompareButton({ project, ids }: { project: string; ids: readonly string[] }) {
  const trpc = useTRPC();
  const router = useRouter();
  const [operationId, setOperationId] = useState<string | null>(null);
  const [baselineId = "", candidateId = ""] = ids;
  const start = useMutation(
    trpc.evaluations.compareEvaluations.mutationOptions({
      onSuccess: (made) => setOperationId(made.operationId),
      onError: (error) => notify.error("They can't be compared", { description: error.message }),
    }),
  );
  const started = operationId !== null;
  const operation = useQuery(
    trpc.platform.getOperation.queryOptions({ project, operationId: operationId ?? "" }, { enabled: started, refetchInterval: (query) => (isOpen(query.state.data?.state) ? 700 : false), gcTime: waitLimitMs }),
  );
  const done = operation.data?.state === "succeeded" ? operation.data.result : null;
  const comparisonId = typeof done?.comparisonId === "string" ? done.comparisonId : null;
  if (comparisonId) return <Button size="sm" variant="primary" onClick={() => router.push(`/${project}/evaluations/compare/${comparisonId}`)}>Open the comparison</Button>;
  return (
    <Button size="sm" variant="primary" disabled={ids.length !== 2} pending={start.isPending || (started && isOpen(operation.data?.state))}
      data-tip={ids.length === 2 ? "The first chosen is the baseline" : "Choose two"} onClick={() => start.mutate({ project, baselineId, candidateId })}>
      {operation.data?.state === "failed" ? `Failed: ${operation.data.error}` : "Compare"}
    </Button>
  );
}

const isOpen = (state: string | undefined) => state === undefined || state === "queued" || state === "running";

export function EvaluationsTable({ project }: { project: string }) {
  const trpc = useTRPC();
  const state = useTableState({});
  const options = trpc.evaluations.listEvaluations.queryOptions({ project, limit: 200 });
  const query = useQuery(options);
  useLive(["evaluations"], [options.queryKey]);
  return (
    <QuerySection query={query} title="The evaluations could not be read">
      {({ evaluations }) => (
        <DataTable
          label="Evaluations"
          columns={columns}
          rows={evaluations}
          rowId={(row) => row.id}
          rowName={(row) => `${row.model.name} on ${row.dataset.name}`}
          rowHref={(row) => `/${project}/evaluations/${row.id}`}
          state={state}
          csvName="evaluations"
          selectionActions={(ids) => <CompareButton key={ids.join()} project={project} ids={ids} />}
          empty={<EmptyState title="No model was evaluated yet">An evaluation holds a model's scores on one dataset against a suite: metrics with intervals, slice by slice. A job scores, the platform computes.</EmptyState>}
        />
      )}
    </QuerySection>
  );
}
