/** The parts of Settings, in order. */
export const settingsSections = [
  { key: "members", label: "Members" },
  { key: "tokens", label: "Tokens" },
  { key: "channels", label: "Channels" },
  { key: "connections", label: "Connections" },
  { key: "audit", label: "Audit" },
  { key: "system", label: "System" },
] as const;

export type SettingsSection = (typeof settingsSections)[number]["key"];

export function isSettingsSection(key: string): key is SettingsSection {
  return settingsSections.some((section) => section.key === key);
}
