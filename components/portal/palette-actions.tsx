import { Activity, Bell, FolderPlus, KeyRound, LogOut, Play, Scale, Settings, SunMoon, UserPlus } from "lucide-react";
import { signOut } from "@/components/identity/submit-credentials";
import { type SettingsSection, settingsSections } from "@/components/shell/settings-sections";
import type { PaletteItem } from "@/components/shell/palette/palette-item";
import { chooseTheme, type Theme, themeNames } from "@/components/shell/theme/theme-store";

type Doer = { project: string; role: string | undefined; onNewProject?: () => void; onEvaluate: () => void };

const group = "Actions";

const mayFrom = {
  member: ["member", "maintainer", "owner"],
  maintainer: ["maintainer", "owner"],
};

const themes: PaletteItem[] = (["light", "dark", "system"] as const satisfies Theme[]).map((theme) => ({
  id: `action-theme-${theme}`, group, label: `Switch theme: ${themeNames[theme].toLowerCase()}`, icon: <SunMoon />, keywords: ["dark light colours appearance"], onSelect: () => chooseTheme(theme),
}));

/** What parts are looked for by, besides their names. */
const within: Partial<Record<SettingsSection, string>> = { members: "people roles", channels: "webhooks", connections: "mlflow", audit: "log", system: "retention storage disk prices", account: "password" };

/** What ⌘K can do; only what the person's role may. */
export function paletteActions({ project, role = "", onNewProject, onEvaluate }: Doer): PaletteItem[] {
  const settings = `/${project}/settings`;
  const ofMember: PaletteItem[] = [
    { id: "action-launch", group, label: "Launch a run", icon: <Play />, keywords: ["train recipe job start"], href: `/${project}/experiments/launch` },
    { id: "action-evaluate", group, label: "Evaluate a model", icon: <Scale />, keywords: ["evaluation suite score"], onSelect: onEvaluate },
    { id: "action-monitor", group, label: "New monitor", icon: <Activity />, keywords: ["drift alert rule watch"], href: `/${project}/monitoring/new` },
    { id: "action-token", group, label: "New token", icon: <KeyRound />, keywords: ["api key secret"], href: `${settings}/tokens?new=true` },
  ];
  const ofMaintainer: PaletteItem[] = [
    { id: "action-invite", group, label: "Invite a person", icon: <UserPlus />, keywords: ["member user add"], href: `${settings}/members?new=true` },
    { id: "action-channel", group, label: "New channel", icon: <Bell />, keywords: ["webhook alerts notify"], href: `${settings}/channels?new=true` },
  ];
  return [
    ...(mayFrom.member.includes(role) ? ofMember : []),
    ...(mayFrom.maintainer.includes(role) ? ofMaintainer : []),
    ...(onNewProject ? [{ id: "action-project", group, label: "New project", icon: <FolderPlus />, keywords: ["tenant create"], onSelect: onNewProject }] : []),
    ...themes,
    { id: "action-sign-out", group, label: "Sign out", icon: <LogOut />, keywords: ["log out leave"], onSelect: () => void signOut() },
    ...settingsSections.map(({ key, label }): PaletteItem => ({ id: `page-settings-${key}`, group: "Settings", label, hint: "Settings", icon: <Settings />, keywords: ["settings", within[key] ?? ""], href: `${settings}/${key}` })),
  ];
}
