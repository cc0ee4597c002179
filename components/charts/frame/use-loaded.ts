"use client";

import { useEffect, useState } from "react";

/** A part whose script comes later; it is kept once it came. */
export type Later<Part> = { load: () => Promise<Part>; loaded: Part | null };

export const later = <Part>(load: () => Promise<Part>): Later<Part> => ({ load, loaded: null });

/**
 * Null until the script is there. Unlike `dynamic` it asks for it as soon as its owner is there, so that it comes beside the
 * numbers and not after them.
 */
export function useLoaded<Part>(of: Later<Part>): Part | null {
  const [part, setPart] = useState(() => of.loaded);
  useEffect(() => {
    if (part !== null) return;
    of.load().then(
      (ready) => {
        of.loaded = ready;
        setPart(() => ready);
      },
      // Thrown while rendering, it is the page's error like others.
      (error: unknown) =>
        setPart(() => {
          throw error;
        }),
    );
  }, [part, of]);
  return part;
}
