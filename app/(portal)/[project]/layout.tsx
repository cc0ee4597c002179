import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { PortalShell } from "@/components/portal/portal-shell";
import { ApiProvider } from "@/components/trpc/client";
import { LiveProvider } from "@/components/trpc/live";
import { makeQueryClient } from "@/components/trpc/query-client";
import { signedInCaller, trpc } from "@/components/trpc/server";

type Props = { children: ReactNode; params: Promise<{ project: string }> };

export default async function PortalLayout({ children, params }: Props) {
  const { project: slug } = await params;
  const { caller, actor } = await signedInCaller();
  const projects = await caller.identity.listProjects({});
  const project = projects.find((item) => item.slug === slug);
  if (!project) notFound();
  const account = await caller.identity.getAccount({});
  const viewer = await caller.identity.getViewer({ project: slug });
  // What someone may do is known with the first paint: no button comes in after it.
  const known = makeQueryClient();
  known.setQueryData(trpc.identity.getViewer.queryKey({ project: slug }), viewer);
  return (
    <ApiProvider>
      <HydrationBoundary state={dehydrate(known)}>
        <LiveProvider project={slug}>
          <PortalShell
            project={{ slug, name: project.name }}
            projects={projects.map((item) => ({ slug: item.slug, name: item.name }))}
            user={{ name: actor.name, email: account.email, role: viewer.role }}
            isAdmin={actor.isAdmin}
          >
            {children}
          </PortalShell>
        </LiveProvider>
      </HydrationBoundary>
    </ApiProvider>
  );
}
