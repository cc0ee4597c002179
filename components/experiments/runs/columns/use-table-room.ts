"use client";

import { useSyncExternalStore } from "react";

/** Of a window of 1440; what the server draws with. */
const usual = 1_176;
/** The navigation and the page's edges. */
const taken = 264;
const least = 640;
const step = 40;

function subscribe(listener: () => void): () => void {
  window.addEventListener("resize", listener);
  return () => window.removeEventListener("resize", listener);
}

/** How wide a table can be without scrolling, in steps: dragging a window must not redraw it at every pixel. */
export function useTableRoom(): number {
  return useSyncExternalStore(subscribe, () => Math.max(least, Math.floor((window.innerWidth - taken) / step) * step), () => usual);
}
