import type { LiveStanding } from "./live/live-standing";
import type { MenuEntry } from "@/components/ui/overlays/menu";
import type { NavCounts } from "./nav-items";
import type { PaletteItem, PaletteSearch } from "./palette/palette-item";

/** Everything the shell shows; it fetches nothing by itself. */

export type ShellProject = { slug: string; name: string };

export type ShellUser = { name: string; email: string; role?: string };

export type ShellData = {
  project: ShellProject;
  projects: readonly ShellProject[];
  user: ShellUser;
  /** Entries above the theme choice in the person's menu; sign-out goes last. */
  userMenu: readonly MenuEntry[];
  counts?: NavCounts;
  /** There for whoever may make one. */
  onNewProject?: () => void;
  live: LiveStanding;
  actions?: readonly PaletteItem[];
  onSearch?: PaletteSearch;
};
