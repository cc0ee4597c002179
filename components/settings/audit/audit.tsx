"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import dynamic from "next/dynamic";
import { useSearchParams } from "next/navigation";
import { parseAsString, useQueryState } from "nuqs";
import { useDeferredValue } from "react";
import type { DataColumn } from "@/components/data-table/data-column";
import { DataTable } from "@/components/data-table/data-table";
import { useTableState } from "@/components/data-table/use-table-state";
import { useTRPC } from "@/components/trpc/client";
import { ButtonLink } from "@/components/ui/actions/button";
import { ErrorState } from "@/components/ui/feedback/error-state";
import { formatAbsolute } from "@/components/ui/format/format-time";
import { actionWords } from "@/components/ui/text/action-words";
import { Actor, actorText } from "@/components/ui/text/actor";
import { hasRole } from "../needs-role";
import type { RoleName } from "../role-options";
import { AuditFilter, useAuditFilter } from "./audit-filter";
import { type AuditRow, detailWords, subjectWords, whenWords } from "./audit-row";
import { ChainCheck } from "./chain-check";

const AuditEntry = dynamic(() => import("./audit-entry").then((module) => module.AuditEntry));

const columns: DataColumn<AuditRow>[] = [
  { key: "at", header: "When", width: 150, cell: (row) => <span className="tabular-nums" data-tip={formatAbsolute(row.at)}>{whenWords(row.at)}</span>, value: (row) => row.at.toISOString() },
  { key: "who", header: "Who", width: 240, cell: (row) => <Actor name={row.actorName} kind={row.actorKind} />, value: (row) => row.actorName },
  { key: "action", header: "Did", width: 200, cell: (row) => <span data-tip={row.action}>{actionWords(row.action, row.details)}</span>, value: (row) => row.action },
  { key: "subject", header: "To", width: 250, cell: subjectWords, value: subjectWords },
  { key: "details", header: "With", width: 280, cell: (row) => <span className="text-muted">{detailWords(row.details)}</span>, value: (row) => JSON.stringify(row.details) },
  { key: "subjectId", header: "Its id", width: 290, optional: true, cell: (row) => <code className="text-label">{row.subjectId}</code>, value: (row) => row.subjectId },
  { key: "seq", header: "Chain", align: "right", width: 80, optional: true, cell: (row) => row.seq ?? "–", value: (row) => row.seq },
];

function Card({ row }: { row: AuditRow }) {
  return (
    <div className="grid gap-0.5 text-table">
      <p className="flex justify-between gap-3"><span className="font-medium">{actionWords(row.action, row.details)}</span><span className="shrink-0 text-label text-muted tabular-nums">{whenWords(row.at)}</span></p>
      <p className="truncate">{subjectWords(row)}</p>
      <p className="truncate text-label text-muted">{actorText(row.actorName, row.actorKind)}{detailWords(row.details) && ` · ${detailWords(row.details)}`}</p>
    </div>
  );
}

/** Who did what to what, newest first; a row opens in full. */
export function Audit({ project, role }: { project: string; role: RoleName }) {
  const trpc = useTRPC();
  const state = useTableState({});
  const params = useSearchParams();
  const [filter] = useAuditFilter();
  const [entry, setEntry] = useQueryState("entry", parseAsString);
  const subject = useDeferredValue(filter.subject);
  const query = useInfiniteQuery(
    trpc.platform.listAudit.infiniteQueryOptions(
      { project, limit: 100, actor: filter.actor || null, action: filter.action || null, subject: subject || null },
      { getNextPageParam: (page) => page.next, initialCursor: null, placeholderData: keepPreviousData },
    ),
  );
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  const choices = query.data?.pages[0]?.choices ?? null;
  const hrefOf = (row: AuditRow) => {
    const next = new URLSearchParams(params);
    next.set("entry", row.id);
    return `/${project}/settings/audit?${next}`;
  };
  const chosen = Object.entries({ ...filter, subject }).filter(([, value]) => value !== "");
  // The server writes the file: it has every row of the filter, not only those that were scrolled to.
  const exported = new URLSearchParams([["project", project], ...chosen]);
  const failure = query.error && <ErrorState title="The audit could not be read" detail={query.error.message} onRetry={() => void query.refetch()} retrying={query.isFetching} />;
  return (
    <div className="grid gap-3">
      <ChainCheck project={project} mayVerify={hasRole(role, "maintainer")} />
      <DataTable label="Audit rows" columns={columns} rows={rows} rowId={(row) => row.id} rowName={(row) => `${actionWords(row.action, row.details)} ${subjectWords(row)}`} rowHref={hrefOf} state={state} loading={query.isPending} error={failure}
        toolbar={rows.length > 0 && <ButtonLink href={`/api/v1/audit.csv?${exported}`} prefetch={false} download variant="ghost" icon={<Download />} data-tip="All rows of this filter, as CSV">Export</ButtonLink>}
        card={(row) => <Card row={row} />} filter={<AuditFilter choices={choices} />} empty={<p className="px-3 py-8 text-center text-muted">{chosen.length > 0 ? "No entry matches." : "No entry yet: who changes what stands here from the first change on."}</p>}
        hasNextPage={query.hasNextPage} isFetchingNextPage={query.isFetchingNextPage} fetchNextPage={query.fetchNextPage} />
      {entry && <AuditEntry project={project} id={entry} onClose={() => void setEntry(null)} />}
    </div>
  );
}
