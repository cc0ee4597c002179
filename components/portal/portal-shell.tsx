"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useCallback, useState } from "react";
import { NewProjectDialog } from "@/components/identity/new-project-dialog";
import { signOut } from "@/components/identity/submit-credentials";
import { AppShell } from "@/components/shell/app-shell";
import type { ShellProject, ShellUser } from "@/components/shell/shell-data";
import { useTRPCClient } from "@/components/trpc/client";
import { useLiveStanding } from "@/components/trpc/live";

type PortalShellProps = { project: ShellProject; projects: ShellProject[]; user: ShellUser; isAdmin: boolean; children: ReactNode };

/** Feeds the shell: search over the project's objects, the live state, and the person's menu. */
export function PortalShell({ project, projects, user, isAdmin, children }: PortalShellProps) {
  const [isMakingProject, setIsMakingProject] = useState(false);
  const router = useRouter();
  const client = useTRPCClient();
  const live = useLiveStanding();
  const search = useCallback(
    async (text: string) => {
      const found = await client.platform.searchObjects.query({ project: project.slug, text, limit: 12 });
      return found.map((item) => ({
        id: `${item.kind}:${item.objectId}`,
        group: item.kind,
        label: item.title,
        hint: item.detail,
        href: `/${project.slug}${item.path}`,
      }));
    },
    [client, project.slug],
  );
  return (
    <AppShell
      project={project}
      projects={projects}
      user={user}
      userMenu={[
        { label: "Your account", onSelect: () => router.push(`/${project.slug}/settings/account`) },
        { label: "Sign out", onSelect: () => void signOut() },
      ]}
      onNewProject={isAdmin ? () => setIsMakingProject(true) : undefined}
      live={live}
      onSearch={search}
    >
      {children}
      <NewProjectDialog open={isMakingProject} onClose={() => setIsMakingProject(false)} />
    </AppShell>
  );
}
