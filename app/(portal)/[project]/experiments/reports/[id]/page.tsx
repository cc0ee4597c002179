import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { ReportPage } from "@/components/experiments/reports/report-page";
import { getQueryClient, Hydrate, trpc } from "@/components/trpc/server";
import { PageSkeleton } from "@/components/ui/feedback/skeletons";
import { orNotFound } from "../../read-experiment";

type Props = { params: Promise<{ project: string; id: string }> };

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

async function readReport(params: Props["params"]) {
  const { project, id } = await params;
  if (!uuid.test(id)) notFound();
  return getQueryClient().fetchQuery(trpc.experiments.getReport.queryOptions({ project, reportId: id })).catch(orNotFound);
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await readReport(params)).name };
}

export default async function Page({ params }: Props) {
  const { project } = await params;
  const { id } = await readReport(params);
  return (
    <Hydrate>
      <Suspense fallback={<PageSkeleton />}>
        <ReportPage project={project} reportId={id} />
      </Suspense>
    </Hydrate>
  );
}
