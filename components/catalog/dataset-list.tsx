"use client";

import type { FetchNextPageOptions } from "@tanstack/react-query";
import { useMemo } from "react";
import type { DataColumn } from "@/components/data-table/data-column";
import { DataTable } from "@/components/data-table/data-table";
import { useTableState } from "@/components/data-table/use-table-state";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { formatBytes } from "@/components/ui/format/format-bytes";
import { formatDuration } from "@/components/ui/format/format-duration";
import { formatCount, formatPercent } from "@/components/ui/format/format-number";
import { CopyableId } from "@/components/ui/text/copyable-id";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { DatasetView } from "@/server/domains/catalog/contract/catalog";

const splitsText = (row: DatasetView): string => row.splits.map((split) => `${split.name} ${formatCount(split.rows)}`).join(" · ");

const columns: DataColumn<DatasetView>[] = [
  { key: "name", header: "Dataset", fit: { atLeast: 150, atMost: 320 }, cell: (row) => <>{row.name} v{row.version}{(row.purgedAt ?? row.temporaryUntil) && <span className="text-muted"> · {row.purgedAt ? "purged" : "temporary"}</span>}</>, value: (row) => `${row.name} v${row.version}${row.purgedAt ? " · purged" : row.temporaryUntil ? " · temporary" : ""}` },
  { key: "rows", header: "Rows", align: "right", width: 84, cell: (row) => formatCount(row.rows), value: (row) => row.rows },
  { key: "sample", header: "Sample", align: "right", width: 72, cell: (row) => formatPercent(row.sampleShare, 0), value: (row) => row.sampleShare },
  { key: "splits", header: "Splits", fit: { atLeast: 120, atMost: 480 }, cell: (row) => splitsText(row), value: splitsText },
  { key: "hash", header: "Content hash", width: 118, cell: (row) => <CopyableId id={row.blobSha256} shown={8} label="content hash" />, value: (row) => row.blobSha256 },
  { key: "size", header: "Size", align: "right", width: 84, cell: (row) => formatBytes(row.bytes), value: (row) => row.bytes },
  { key: "took", header: "Built in", align: "right", width: 76, cell: (row) => formatDuration(row.tookMs), value: (row) => row.tookMs },
  { key: "made", header: "Built", width: 98, cell: (row) => <RelativeTime at={row.createdAt} />, value: (row) => row.createdAt.toISOString() },
];

type DatasetPages = { data: { pages: readonly { datasets: readonly DatasetView[] }[] }; hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: (how?: FetchNextPageOptions) => Promise<unknown> };

export function DatasetList({ project, pages }: { project: string; pages: DatasetPages }) {
  const state = useTableState({});
  const datasets = useMemo(() => pages.data.pages.flatMap((page) => page.datasets), [pages.data]);
  return (
    <DataTable
      label="Datasets"
      columns={columns}
      rows={datasets}
      rowId={(row) => row.id}
      rowName={(row) => `${row.name} v${row.version}`}
      rowHref={(row) => `/${project}/catalog/datasets/${row.id}`}
      state={state}
      hasNextPage={pages.hasNextPage}
      isFetchingNextPage={pages.isFetchingNextPage}
      fetchNextPage={pages.fetchNextPage}
      csvName="datasets"
      empty={<EmptyState title="No dataset was built yet">A dataset joins features to labelled rows as they were known at each row's time, and never changes once built.</EmptyState>}
    />
  );
}
