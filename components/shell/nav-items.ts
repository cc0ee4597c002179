import { Activity, Box, Cpu, FlaskConical, House, Library, type LucideIcon, Scale, Settings } from "lucide-react";

/** The rail, the dock, the palette and the `g` shortcuts all read this one list. */

export type NavKey =
  | "home"
  | "catalog"
  | "experiments"
  | "evaluations"
  | "models"
  | "monitoring"
  | "compute"
  | "settings";

export type NavItem = {
  key: NavKey;
  label: string;
  path: string;
  icon: LucideIcon;
  goKey: string;
  place: "main" | "below";
  dock?: boolean;
};

export const navItems: readonly NavItem[] = [
  { key: "home", label: "Home", path: "", icon: House, goKey: "h", place: "main", dock: true },
  { key: "catalog", label: "Catalog", path: "/catalog", icon: Library, goKey: "c", place: "main" },
  {
    key: "experiments",
    label: "Experiments",
    path: "/experiments",
    icon: FlaskConical,
    goKey: "e",
    place: "main",
    dock: true,
  },
  { key: "evaluations", label: "Evaluations", path: "/evaluations", icon: Scale, goKey: "v", place: "main" },
  { key: "models", label: "Models", path: "/models", icon: Box, goKey: "m", place: "main", dock: true },
  {
    key: "monitoring",
    label: "Monitoring",
    path: "/monitoring",
    icon: Activity,
    goKey: "o",
    place: "main",
    dock: true,
  },
  { key: "compute", label: "Compute", path: "/compute", icon: Cpu, goKey: "u", place: "below" },
  { key: "settings", label: "Settings", path: "/settings", icon: Settings, goKey: "s", place: "below" },
];

export type NavCount = { count: number; label: string; urgent?: boolean };

export type NavCounts = Partial<Record<NavKey, NavCount>>;

export function navHref(project: string, item: NavItem): string {
  return `/${encodeURIComponent(project)}${item.path}`;
}

export function currentNavItem(pathname: string, project: string): NavItem | undefined {
  const rest = pathname.slice(`/${encodeURIComponent(project)}`.length);
  if (rest === "" || rest === "/") return navItems.find((item) => item.key === "home");
  return navItems.find((item) => item.path !== "" && (rest === item.path || rest.startsWith(`${item.path}/`)));
}
