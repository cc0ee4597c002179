"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useSyncExternalStore } from "react";
import { IconButton } from "@/components/ui/actions/icon-button";
import { chooseTheme, readTheme, subscribeTheme, type Theme, themeNames } from "./theme-store";

const next: Record<Theme, Theme> = { system: "light", light: "dark", dark: "system" };

const icons = { system: Monitor, light: Sun, dark: Moon };

/** Steps through system, light and dark. */
export function ThemeToggle() {
  const theme = useSyncExternalStore<Theme>(subscribeTheme, readTheme, () => "system");
  const Icon = icons[theme];
  return (
    <IconButton
      label={`Theme: ${themeNames[theme].toLowerCase()}`}
      icon={<Icon />}
      onClick={() => chooseTheme(next[theme])}
    />
  );
}
