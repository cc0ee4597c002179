import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { PortalShell } from "@/components/portal/portal-shell";
import { ApiProvider } from "@/components/trpc/client";
import { LiveProvider } from "@/components/trpc/live";
import { signedInCaller } from "@/components/trpc/server";

type Props = { children: ReactNode; params: Promise<{ project: string }> };

export default async function PortalLayout({ children, params }: Props) {
  const { project: slug } = await params;
  const { caller, actor } = await signedInCaller();
  const projects = await caller.identity.listProjects({});
  const project = projects.find((item) => item.slug === slug);
  if (!project) notFound();
  const account = await caller.identity.getAccount({});
  const viewer = await caller.identity.getViewer({ project: slug });
  return (
    <ApiProvider>
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
    </ApiProvider>
  );
}
