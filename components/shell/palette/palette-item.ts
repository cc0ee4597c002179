import type { ReactNode } from "react";

/** One line of the palette: somewhere to go (`href`) or something to do (`onSelect`). */
export type PaletteItem = {
  id: string;
  group: string;
  label: string;
  hint?: string;
  icon?: ReactNode;
  keywords?: readonly string[];
  href?: string;
  onSelect?: () => void;
};

/** Finds objects by what was typed; an aborted signal means that the answer is no longer wanted. */
export type PaletteSearch = (query: string, signal: AbortSignal) => Promise<readonly PaletteItem[]>;
