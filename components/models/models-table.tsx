"use client";

import { useQuery } from "@tanstack/react-query";
import type { DataColumn } from "@/components/data-table/data-column";
import { DataTable } from "@/components/data-table/data-table";
import { useTableState } from "@/components/data-table/use-table-state";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { QuerySection } from "@/components/trpc/query-section";
import { Badge } from "@/components/ui/feedback/badge";
import { ButtonLink } from "@/components/ui/actions/button";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { ModelView } from "@/server/domains/models/contract";

const championOf = (model: ModelView) => model.aliases.find((item) => item.alias === "champion");

const columns: DataColumn<ModelView>[] = [
  { key: "name", header: "Model", width: 220, cell: (row) => row.name, value: (row) => row.name },
  {
    key: "champion", header: "Champion", width: 220, value: (row) => championOf(row)?.version ?? "",
    cell: (row) => {
      const champion = championOf(row);
      return champion ? <span>v{champion.version} <span className="text-muted">since <RelativeTime at={champion.since} /></span></span> : <span className="text-muted">none</span>;
    },
  },
  { key: "versions", header: "Versions", align: "right", width: 90, cell: (row) => row.versionCount, value: (row) => row.versionCount },
  { key: "gate", header: "Gate", width: 160, cell: (row) => row.suite ?? <span className="text-muted">none</span>, value: (row) => row.suite ?? "" },
  {
    key: "open", header: "Waiting for approval", width: 170, value: (row) => row.openPromotions,
    cell: (row) => (row.openPromotions > 0 ? <Badge tone="warning">{row.openPromotions} open</Badge> : <span className="text-muted">–</span>),
  },
  { key: "description", header: "Description", width: 360, cell: (row) => row.description, value: (row) => row.description },
];

/** A row on a phone. */
function Card({ row }: { row: ModelView }) {
  const champion = championOf(row);
  return (
    <div className="grid gap-0.5 text-table">
      <p className="flex flex-wrap items-center justify-between gap-x-3"><span className="font-medium">{row.name}</span>{row.openPromotions > 0 && <Badge tone="warning">{row.openPromotions} open</Badge>}</p>
      <p>{champion ? <>Champion v{champion.version} <span className="text-muted">since <RelativeTime at={champion.since} /></span></> : <span className="text-muted">No champion yet</span>}</p>
      <p className="text-label text-muted">{row.versionCount} {row.versionCount === 1 ? "version" : "versions"} · {row.suite ? `gate ${row.suite}` : "no gate"}</p>
    </div>
  );
}

export function ModelsTable({ project }: { project: string }) {
  const trpc = useTRPC();
  const state = useTableState({});
  const options = trpc.models.listModels.queryOptions({ project, limit: 1_000 });
  const query = useQuery(options);
  useLive(["models"], [options.queryKey]);
  return (
    <QuerySection query={query} title="The models could not be read">
      {({ models }) => (
        <DataTable
          label="Models"
          columns={columns}
          rows={models}
          rowId={(row) => row.id}
          rowName={(row) => row.name}
          rowHref={(row) => `/${project}/models/${encodeURIComponent(row.name)}`}
          state={state}
          csvName="models"
          card={(row) => <Card row={row} />}
          empty={
            <EmptyState title="No model is registered yet" action={<ButtonLink href={`/${project}/experiments`} variant="primary">Go to the experiments</ButtonLink>}>
              A model groups the versions that may take each other's place, with the gate that decides. Its first version comes from a run that logged an ONNX model: Register, on the run's page.
            </EmptyState>
          }
        />
      )}
    </QuerySection>
  );
}
