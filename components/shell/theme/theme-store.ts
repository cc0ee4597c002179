import { keepChoice, readChoice } from "./kept-choice";

export type Theme = "system" | "light" | "dark";

const listeners = new Set<() => void>();

export function readTheme(): Theme {
  const kept = readChoice("slipway-theme");
  return kept === "light" || kept === "dark" ? kept : "system";
}

export function subscribeTheme(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The script of the first paint listens for the event and redraws; it alone knows what "system" means now. */
export function chooseTheme(theme: Theme) {
  keepChoice("slipway-theme", theme);
  dispatchEvent(new Event("slipway-theme"));
  for (const listener of listeners) listener();
}

export const themeNames: Record<Theme, string> = { system: "System", light: "Light", dark: "Dark" };
