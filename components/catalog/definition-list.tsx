"use client";

import type { DataColumn } from "@/components/data-table/data-column";
import { DataTable } from "@/components/data-table/data-table";
import { useTableState } from "@/components/data-table/use-table-state";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { formatBytes } from "@/components/ui/format/format-bytes";
import { formatCount } from "@/components/ui/format/format-number";
import { formatAbsolute, formatClock, formatDay } from "@/components/ui/format/format-time";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { DefinitionView } from "@/server/domains/catalog/contract/catalog";

const findings = (row: DefinitionView) => (row.material?.findings ?? []).filter((finding) => finding.breaking > 0).length;

/** In UTC, on the data's clock; to the second on hover. */
function Until({ at }: { at: Date | null }) {
  return at ? <span data-tip={formatAbsolute(at, "UTC")}>{formatDay(at, 0)}, {formatClock(at, "UTC")}</span> : <span className="text-muted">–</span>;
}

const columns: DataColumn<DefinitionView>[] = [
  { key: "name", header: "Name", fit: { atLeast: 140, atMost: 300 }, cell: (row) => row.name, value: (row) => row.name },
  { key: "kind", header: "Kind", width: 112, cell: (row) => row.kind.replace("_", " "), value: (row) => row.kind },
  { key: "rows", header: "Rows", align: "right", width: 92, cell: (row) => (row.material ? formatCount(row.material.rows) : "–"), value: (row) => row.material?.rows },
  { key: "bytes", header: "Size", align: "right", width: 84, cell: (row) => (row.material ? formatBytes(row.material.bytes) : "–"), value: (row) => row.material?.bytes },
  { key: "findings", header: "Checks", width: 112, value: findings, cell: (row) => (row.kind !== "source" ? <span className="text-muted">–</span> : !row.material ? <span className="text-muted">no data yet</span> : findings(row) > 0 ? <StateBadge state="warning" word={`${findings(row)} ${findings(row) === 1 ? "finding" : "findings"}`} /> : <StateBadge state="succeeded" word="all hold" />) },
  { key: "until", header: "Data until", width: 146, cell: (row) => <Until at={row.material?.lastEventTime ?? null} />, value: (row) => row.material?.lastEventTime?.toISOString() },
  { key: "online", header: "Online until", width: 146, cell: (row) => <Until at={row.online?.watermark ?? null} />, value: (row) => row.online?.watermark?.toISOString() },
  { key: "made", header: "Computed", width: 104, cell: (row) => (row.material ? <RelativeTime at={row.material.madeAt} /> : "–"), value: (row) => row.material?.madeAt.toISOString() },
  { key: "description", header: "Description", fit: { atLeast: 120, atMost: 186 }, cell: (row) => <span data-tip={row.definition.description}>{row.definition.description}</span>, value: (row) => row.definition.description },
];

export function DefinitionList({ project, definitions }: { project: string; definitions: readonly DefinitionView[] }) {
  const state = useTableState({});
  return (
    <DataTable
      label="Sources and feature views"
      columns={columns}
      rows={definitions}
      rowId={(row) => row.id}
      rowName={(row) => row.name}
      rowHref={(row) => `/${project}/catalog/${row.kind === "source" ? "sources" : "views"}/${row.name}`}
      state={state}
      csvName="catalog"
      empty={<EmptyState title="Nothing is defined yet">Apply definitions with the SDK: sources first, then the views computed from them.</EmptyState>}
    />
  );
}
