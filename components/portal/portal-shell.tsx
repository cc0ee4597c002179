"use client";

import { type ReactNode, useCallback } from "react";
import { signOut } from "@/components/identity/submit-credentials";
import { AppShell } from "@/components/shell/app-shell";
import type { ShellProject, ShellUser } from "@/components/shell/shell-data";
import { useTRPCClient } from "@/components/trpc/client";
import { useLiveState } from "@/components/trpc/live";

type PortalShellProps = { project: ShellProject; projects: ShellProject[]; user: ShellUser; children: ReactNode };

/** Feeds the shell: search over the project's objects, the live state, and the person's menu. */
export function PortalShell({ project, projects, user, children }: PortalShellProps) {
  const client = useTRPCClient();
  const liveState = useLiveState();
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
      userMenu={[{ label: "Sign out", onSelect: () => void signOut() }]}
      liveState={liveState}
      onSearch={search}
    >
      {children}
    </AppShell>
  );
}
