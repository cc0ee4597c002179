"use client";

import { useEffect, useState } from "react";
import type { PaletteItem, PaletteSearch } from "./palette-item";

const WAIT_MS = 120;

export type Found = { items: readonly PaletteItem[]; state: "idle" | "searching" | "done" | "failed" };

const nothing: Found = { items: [], state: "idle" };

/** Asks the search a moment after the typing stops; keeps the last answer on show until the next one is there. */
export function useFoundItems(query: string, search: PaletteSearch | undefined): Found {
  const [found, setFound] = useState<Found>(nothing);
  const wanted = query.trim();

  useEffect(() => {
    if (!search || wanted.length < 2) return;
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      setFound((last) => ({ items: last.items, state: "searching" }));
      try {
        const items = await search(wanted, stop.signal);
        if (!stop.signal.aborted) setFound({ items, state: "done" });
      } catch {
        if (!stop.signal.aborted) setFound({ items: [], state: "failed" });
      }
    }, WAIT_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [wanted, search]);

  return wanted.length < 2 ? nothing : found;
}
