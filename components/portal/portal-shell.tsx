"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { type ReactNode, useCallback, useEffect, useMemo, useState } from "react";
import { signOut } from "@/components/identity/submit-credentials";
import { AppShell } from "@/components/shell/app-shell";
import { lastProjectCookie } from "@/components/shell/last-project";
import type { ShellProject, ShellUser } from "@/components/shell/shell-data";
import { keepChoice } from "@/components/shell/theme/kept-choice";
import { useTRPCClient } from "@/components/trpc/client";
import { useLiveStanding } from "@/components/trpc/live";
import { paletteActions } from "./palette-actions";

const NewProjectDialog = dynamic(() => import("@/components/identity/new-project-dialog").then((module) => module.NewProjectDialog));
const EvaluateDialog = dynamic(() => import("@/components/evaluations/evaluate/evaluate-dialog").then((module) => module.EvaluateDialog));

type PortalShellProps = { project: ShellProject; projects: ShellProject[]; user: ShellUser; isAdmin: boolean; children: ReactNode };

/** Feeds the shell: search over the project's objects, the live state, and the person's menu. */
export function PortalShell({ project, projects, user, isAdmin, children }: PortalShellProps) {
  const [shown, show] = useState<"project" | "evaluate" | null>(null);
  const router = useRouter();
  const client = useTRPCClient();
  const live = useLiveStanding();
  useEffect(() => keepChoice(lastProjectCookie, project.slug), [project.slug]);
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
  const onNewProject = useMemo(() => (isAdmin ? () => show("project") : undefined), [isAdmin]);
  const actions = useMemo(
    () => paletteActions({ project: project.slug, role: user.role, onNewProject, onEvaluate: () => show("evaluate") }),
    [project.slug, user.role, onNewProject],
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
      onNewProject={onNewProject}
      live={live}
      actions={actions}
      onSearch={search}
    >
      {children}
      {shown === "project" && <NewProjectDialog open onClose={() => show(null)} />}
      {shown === "evaluate" && <EvaluateDialog project={project.slug} loggedModelId={null} open onOpenChange={(open) => !open && show(null)} />}
    </AppShell>
  );
}
