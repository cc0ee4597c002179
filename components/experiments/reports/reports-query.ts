"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import type { ReportBlock } from "@/server/domains/experiments/contract/report";

export const reportHref = (project: string, reportId: string): string => `/${project}/experiments/reports/${reportId}`;

export type ReportChange = { reportId: string; revision: number; name?: string; blocks?: ReportBlock[] };

/** Writes of reports; whoever shows one reads it again after. */
export function useReportChanges(project: string) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const cache = useQueryClient();
  const readList = () => cache.invalidateQueries({ queryKey: trpc.experiments.listReports.pathKey() });
  const onSettled = () => Promise.all([readList(), cache.invalidateQueries({ queryKey: trpc.experiments.getReport.pathKey() })]);
  return {
    create: useMutation({ mutationFn: (report: { name: string; blocks: ReportBlock[] }) => client.experiments.createReport.mutate({ project, ...report }), onSettled }),
    update: useMutation({ mutationFn: (change: ReportChange) => client.experiments.updateReport.mutate({ project, ...change }), onSettled }),
    remove: useMutation({ mutationFn: (reportId: string) => client.experiments.deleteReport.mutate({ project, reportId }), onSettled: readList }),
  };
}
