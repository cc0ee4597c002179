"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { DataColumn } from "@/components/data-table/data-column";
import { DataTable } from "@/components/data-table/data-table";
import { useTableState } from "@/components/data-table/use-table-state";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/actions/button";
import { Notice } from "@/components/ui/feedback/notice";
import { formatAbsolute } from "@/components/ui/format/format-time";
import { CopyableId } from "@/components/ui/text/copyable-id";

type Row = {
  id: string; at: Date; actorKind: string; actorName: string; action: string; subjectKind: string | null; subjectId: string | null; subjectName: string | null;
  details: unknown; seq: number | null; hash: string | null;
};

const columns: DataColumn<Row>[] = [
  { key: "at", header: "When", width: 190, cell: (row) => formatAbsolute(row.at, "UTC"), value: (row) => row.at.toISOString() },
  { key: "who", header: "Who", width: 170, cell: (row) => <>{row.actorName} <span className="text-faint">{row.actorKind}</span></>, value: (row) => row.actorName },
  { key: "action", header: "Did", width: 230, cell: (row) => <code>{row.action}</code>, value: (row) => row.action },
  { key: "subject", header: "To", width: 250, cell: (row) => [row.subjectKind, row.subjectName ?? row.subjectId].filter(Boolean).join(" "), value: (row) => row.subjectName ?? row.subjectId },
  { key: "details", header: "With", width: 340, cell: (row) => <code className="text-label text-muted">{JSON.stringify(row.details)}</code>, value: (row) => JSON.stringify(row.details) },
  { key: "seq", header: "Chain", align: "right", width: 80, cell: (row) => row.seq ?? "–", value: (row) => row.seq },
];

function ChainCheck({ project }: { project: string }) {
  const trpc = useTRPC();
  const check = useQuery(trpc.platform.verifyAuditChain.queryOptions({ project }, { enabled: false }));
  return (
    <Notice tone={check.data ? (check.data.brokenAt === null ? "succeeded" : "failed") : "neutral"} action={<Button size="sm" pending={check.isFetching} onClick={() => void check.refetch()}>Verify the chain</Button>}>
      {check.data ? (
        check.data.brokenAt === null ? (
          <>{check.data.sealed} rows chained without a break, {check.data.unsealed} not yet sealed; head <CopyableId id={check.data.head} shown={12} label="head" /></>
        ) : (
          `The chain breaks at row ${check.data.brokenAt}.`
        )
      ) : (
        "Every row is chained to the one before it; verifying walks the whole chain."
      )}
    </Notice>
  );
}

export function Audit({ project, role: _role }: { project: string; role: string }) {
  const trpc = useTRPC();
  const state = useTableState({});
  const query = useInfiniteQuery(trpc.platform.listAudit.infiniteQueryOptions({ project, limit: 100 }, { getNextPageParam: (page) => page.next, initialCursor: null }));
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <div className="grid gap-3">
      <ChainCheck project={project} />
      <DataTable label="Audit" columns={columns} rows={rows} rowId={(row) => row.id} rowName={(row) => row.action} state={state} loading={query.isPending} csvName="audit"
        hasNextPage={query.hasNextPage} isFetchingNextPage={query.isFetchingNextPage} fetchNextPage={() => void query.fetchNextPage()} />
    </div>
  );
}
