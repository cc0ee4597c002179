"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { TextSkeleton } from "@/components/ui/feedback/skeletons";
import { formatCount } from "@/components/ui/format/format-number";
import { Failure } from "../../failure";
import type { ArtifactRoot } from "../artifact-tree";
import { HeadTable } from "./head-table";

export type OfFileProps = { project: string; root: ArtifactRoot; path: string };

export function ParquetTable({ project, root, path }: OfFileProps) {
  const trpc = useTRPC();
  const asked = trpc.experiments.readTableHead.queryOptions({ project, ...root, path }, { retry: false });
  const { data, error, refetch } = useQuery(asked);
  useLive(["artifacts"], [asked.queryKey]);
  if (error && !data) return <Failure title="The table could not be read" error={error} onRetry={() => void refetch()} />;
  if (!data) return <TextSkeleton lines={8} />;
  const { columns, rows, totalRows, totalColumns } = data;
  const of = [rows.length < totalRows && `the first ${rows.length} of ${formatCount(totalRows)} rows`, columns.length < totalColumns && `the first ${columns.length} of ${totalColumns} columns`].filter(Boolean);
  return <HeadTable label={path} header={columns} rows={rows} note={of.length > 0 ? `Shown: ${of.join(", ")}.` : `${formatCount(totalRows)} rows.`} />;
}
