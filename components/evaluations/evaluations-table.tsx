"use client";

import { useQuery } from "@tanstack/react-query";
import { DataTable } from "@/components/data-table/data-table";
import { useTableState } from "@/components/data-table/use-table-state";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { QuerySection } from "@/components/trpc/query-section";
import { useMay } from "@/components/trpc/use-may";
import { Button } from "@/components/ui/actions/button";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { EvaluateButton } from "./evaluate/evaluate-button";
import { EvaluationCard } from "./evaluation-card";
import { type EvaluationRow, evaluationColumns, rowsOf } from "./evaluation-columns";
import { useComparison } from "./comparison/use-comparison";

/** Why a choice of rows can't be compared; null when it can. */
function refusalOf(chosen: readonly EvaluationRow[]): string | null {
  const [first, second, ...more] = chosen;
  if (!first || !second || more.length > 0) return "Choose two";
  if (!first.made || !second.made) return "One of them is not there yet";
  return first.suite.id === second.suite.id ? null : "They are of different suites or versions";
}

function CompareButton({ project, chosen }: { project: string; chosen: readonly EvaluationRow[] }) {
  const mayCompare = useMay(project, "member");
  const compare = useComparison(project);
  const refusal = refusalOf(chosen);
  const [baseline, candidate] = chosen;
  if (!mayCompare) return null;
  return (
    <Button size="sm" variant="primary" disabled={refusal !== null} pending={compare.isPending} data-tip={refusal ?? "The first chosen is the baseline"}
      onClick={() => baseline && candidate && compare.mutate({ baselineId: baseline.id, candidateId: candidate.id })}>
      {refusal === null ? `Compare with ${baseline?.model.name} as baseline` : refusal}
    </Button>
  );
}

export function EvaluationsTable({ project }: { project: string }) {
  const trpc = useTRPC();
  const state = useTableState({});
  const options = trpc.evaluations.listEvaluations.queryOptions({ project, limit: 200 });
  const asked = trpc.evaluations.listEvaluationRequests.queryOptions({ project });
  const query = useQuery(options);
  const { data: open } = useQuery(asked);
  useLive(["evaluations", "operations"], [options.queryKey, asked.queryKey]);
  return (
    <QuerySection query={query} title="The evaluations could not be read">
      {({ evaluations }) => {
        const rows = rowsOf(open?.requests ?? [], evaluations);
        return (
          <DataTable
            label="Evaluations"
            columns={evaluationColumns}
            rows={rows}
            rowId={(row) => row.id}
            rowName={(row) => `${row.model.name} on ${row.dataset.name}`}
            rowHref={(row) => `/${project}/evaluations/${row.id}`}
            card={(row) => <EvaluationCard row={row} />}
            state={state}
            csvName="evaluations"
            selectionActions={(ids) => <CompareButton key={ids.join()} project={project} chosen={ids.flatMap((id) => rows.find((row) => row.id === id) ?? [])} />}
            empty={
              <EmptyState title="No model was evaluated yet" action={<EvaluateButton project={project} variant="primary">Evaluate a model</EvaluateButton>}>
                An evaluation holds a model's scores on one dataset against a suite: metrics with intervals, slice by slice. A job scores, the platform computes.
              </EmptyState>
            }
          />
        );
      }}
    </QuerySection>
  );
}
