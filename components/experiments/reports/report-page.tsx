"use client";

import { useQuery } from "@tanstack/react-query";
import { Pencil, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import dynamic from "next/dynamic";
import { useState } from "react";
import { PageCrumbs } from "@/components/shell/crumbs/page-crumbs";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { Button } from "@/components/ui/actions/button";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { TextSkeleton } from "@/components/ui/feedback/skeletons";
import { PageHeader } from "@/components/ui/layout/page-header";
import { ConfirmDialog } from "@/components/ui/overlays/confirm-dialog";
import { RelativeTime } from "@/components/ui/text/relative-time";
import { Failure, messageOf } from "../failure";
import { ReportEditor } from "./report-editor";
import { ReportFigure } from "./report-figure";
import { useReportChanges } from "./reports-query";

const Markdown = dynamic(() => import("@/components/ui/text/markdown/markdown").then((module) => module.Markdown), { ssr: false, loading: () => <TextSkeleton lines={3} /> });

export function ReportPage({ project, reportId }: { project: string; reportId: string }) {
  const trpc = useTRPC();
  const router = useRouter();
  const { remove } = useReportChanges(project);
  // What is being deleted is not asked for again, whoever tells that it changed.
  const asked = trpc.experiments.getReport.queryOptions({ project, reportId }, { enabled: remove.isIdle || remove.isError });
  const { data: report, error, refetch } = useQuery(asked);
  useLive(["reports"], [asked.queryKey]);
  const [open, setOpen] = useState<"edit" | "delete" | null>(null);
  if (error && !report) return <Failure title="The report could not be read" error={error} onRetry={() => void refetch()} />;
  if (!report) return <TextSkeleton lines={10} />;
  return (
    <>
      <PageCrumbs crumbs={[{ label: "Reports", href: `/${project}/experiments/reports` }, { label: report.name }]} />
      <PageHeader
        title={report.name}
        description={
          <>
            By {report.ownerName}, changed <RelativeTime at={report.updatedAt} />
          </>
        }
        actions={
          report.mayChange &&
          open !== "edit" && (
            <>
              <Button icon={<Pencil />} onClick={() => setOpen("edit")}>
                Edit
              </Button>
              <Button icon={<Trash2 />} onClick={() => setOpen("delete")}>
                Delete
              </Button>
            </>
          )
        }
      />
      {open === "edit" ? (
        <ReportEditor project={project} report={report} onDone={() => setOpen(null)} />
      ) : report.blocks.length === 0 ? (
        <EmptyState title="Nothing stands in it yet">Compare some runs and press Add to a report.</EmptyState>
      ) : (
        <div className="grid min-w-0 gap-8">
          {report.blocks.map((block, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the report
            <div key={index} className="min-w-0">
              {block.kind === "text" ? <Markdown text={block.markdown} isTyped /> : <ReportFigure project={project} title={block.title} query={block.query} />}
            </div>
          ))}
        </div>
      )}
      <ConfirmDialog
        open={open === "delete"}
        onOpenChange={(next) => setOpen(next ? "delete" : null)}
        verb="Delete"
        name={report.name}
        consequence="The report is gone for everybody in the project. Its runs stay."
        danger
        error={remove.error ? messageOf(remove.error) : undefined}
        onConfirm={() => remove.mutateAsync(report.id).then(() => router.push(`/${project}/experiments/reports`), () => undefined)}
      />
    </>
  );
}
