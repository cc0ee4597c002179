import { Account } from "@/components/identity/account/account";
import { Channels } from "@/components/monitoring/channels/channels";
import { ApiReference } from "@/components/settings/api/api-reference";
import { Audit } from "@/components/settings/audit/audit";
import { Connections } from "@/components/settings/connections";
import { Members } from "@/components/settings/members/members";
import { ProjectSettings } from "@/components/settings/project/project-settings";
import type { RoleName } from "@/components/settings/role-options";
import type { SettingsSection } from "@/components/settings/sections";
import { System } from "@/components/settings/system";
import { Tokens } from "@/components/settings/tokens";

type Props = { section: SettingsSection; project: string; role: RoleName; isAdmin: boolean; origin: string };

export function SectionBody({ section, project, role, isAdmin, origin }: Props) {
  if (section === "project") return <ProjectSettings project={project} role={role} isAdmin={isAdmin} />;
  if (section === "members") return <Members project={project} role={role} isAdmin={isAdmin} />;
  if (section === "tokens") return <Tokens project={project} origin={origin} role={role} />;
  if (section === "channels") return <Channels project={project} mayManage={role === "owner" || role === "maintainer"} />;
  if (section === "connections") return <Connections project={project} origin={origin} />;
  if (section === "api") return <ApiReference origin={origin} />;
  if (section === "audit") return <Audit project={project} role={role} />;
  if (section === "system") return <System project={project} role={role} />;
  return <Account />;
}
