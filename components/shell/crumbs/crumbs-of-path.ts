import { settingsSections } from "@/components/shell/settings-sections";
import { currentNavItem, navHref } from "../nav-items";
import type { Crumb } from "./crumb-store";

/** The settings' parts are pages without a name of their own. */
const partLabels = new Map<string, string>(settingsSections.map(({ key, label }) => [key, label]));

function readable(segment: string): string {
  try {
    const text = decodeURIComponent(segment);
    return text.length > 28 ? `${text.slice(0, 12)}…` : text;
  } catch {
    return segment;
  }
}

/** The crumbs a path implies until the page says better: its section, then each further segment. */
export function crumbsOfPath(pathname: string, project: string, own: readonly Crumb[] | null): Crumb[] {
  const section = currentNavItem(pathname, project);
  if (!section) return own ? [...own] : [];
  const root = navHref(project, section);
  const rest = pathname.slice(root.length).split("/").filter(Boolean);
  const start: Crumb = { label: section.label, href: root };
  return own ? [start, ...own] : [start, ...rest.map((segment) => ({ label: (section.key === "settings" && partLabels.get(segment)) || readable(segment) }))];
}
