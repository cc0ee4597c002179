import type { Metadata } from "next";
import { ReportsPage } from "@/components/experiments/reports/reports-page";
import { Hydrate, prefetch, trpc } from "@/components/trpc/server";

export const metadata: Metadata = { title: "Reports" };

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const { project } = await params;
  await prefetch((client) => [client.prefetchQuery(trpc.experiments.listReports.queryOptions({ project }))]);
  return (
    <Hydrate>
      <ReportsPage project={project} />
    </Hydrate>
  );
}
