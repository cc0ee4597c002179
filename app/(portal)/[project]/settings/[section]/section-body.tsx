"use client";

import dynamic from "next/dynamic";
import type { RoleName } from "@/components/settings/role-options";
import type { SettingsSection } from "@/components/shell/settings-sections";

// Each part is fetched with its own page only: together they are more than a page may weigh.
const Account = dynamic(() => import("@/components/identity/account/account").then((module) => module.Account));
const Channels = dynamic(() => import("@/components/monitoring/channels/channels").then((module) => module.Channels));
const ApiReference = dynamic(() => import("@/components/settings/api/api-reference").then((module) => module.ApiReference));
const Audit = dynamic(() => import("@/components/settings/audit/audit").then((module) => module.Audit));
const Connections = dynamic(() => import("@/components/settings/connections").then((module) => module.Connections));
const Members = dynamic(() => import("@/components/settings/members/members").then((module) => module.Members));
const ProjectSettings = dynamic(() => import("@/components/settings/project/project-settings").then((module) => module.ProjectSettings));
const System = dynamic(() => import("@/components/settings/system").then((module) => module.System));
const Tokens = dynamic(() => import("@/components/settings/tokens").then((module) => module.Tokens));

type Props = { section: SettingsSection; project: string; role: RoleName; isAdmin: boolean; origin: string };

export function SectionBody({ section, project, role, isAdmin, origin }: Props) {
  if (section === "project") return <ProjectSettings project={project} role={role} isAdmin={isAdmin} />;
  if (section === "members") return <Members project={project} role={role} isAdmin={isAdmin} />;
  if (section === "tokens") return <Tokens project={project} origin={origin} role={role} />;
  if (section === "channels") return <Channels project={project} mayManage={role === "owner" || role === "maintainer"} />;
  if (section === "connections") return <Connections project={project} origin={origin} />;
  if (section === "api") return <ApiReference origin={origin} />;
  if (section === "audit") return <Audit project={project} role={role} />;
  if (section === "system") return <System project={project} role={role} isAdmin={isAdmin} />;
  return <Account />;
}
