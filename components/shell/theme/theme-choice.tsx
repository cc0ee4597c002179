"use client";

import { useSyncExternalStore } from "react";
import { Segmented } from "@/components/ui/forms/segmented";
import { chooseTheme, readTheme, subscribeTheme, type Theme, themeNames } from "./theme-store";

const options = (["system", "light", "dark"] as const).map((value) => ({ value, label: themeNames[value] }));

export function ThemeChoice() {
  const theme = useSyncExternalStore<Theme>(subscribeTheme, readTheme, () => "system");
  return <Segmented label="Theme" options={options} value={theme} onValueChange={chooseTheme} />;
}
