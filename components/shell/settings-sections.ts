/** The parts of Settings, in order. */
export const settingsSections = [
  { key: "project", label: "Project" },
  { key: "members", label: "Members" },
  { key: "tokens", label: "Tokens" },
  { key: "channels", label: "Channels" },
  { key: "connections", label: "Connections" },
  { key: "api", label: "API" },
  { key: "audit", label: "Audit" },
  { key: "system", label: "System" },
  { key: "account", label: "Your account" },
] as const;

export type SettingsSection = (typeof settingsSections)[number]["key"];

export function isSettingsSection(key: string): key is SettingsSection {
  return settingsSections.some((section) => section.key === key);
}
