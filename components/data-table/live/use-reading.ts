"use client";

import { type FocusEvent, type UIEvent, useEffect, useState } from "react";

/** Whether someone is in the middle of a table: scrolled down in it, or with the focus on one of its rows. */
export function useReading(isPhone: boolean) {
  const [isScrolled, setScrolled] = useState(false);
  const [isFocused, setFocused] = useState(false);

  // On a phone the page scrolls, not the table.
  useEffect(() => {
    if (!isPhone) return;
    const onScroll = () => setScrolled(window.scrollY > window.innerHeight / 3);
    window.addEventListener("scroll", onScroll, { passive: true });
    return () => window.removeEventListener("scroll", onScroll);
  }, [isPhone]);

  const handlers = {
    onScrollCapture: (event: UIEvent) => {
      if (event.target instanceof Element && event.target.matches("[data-table-scroller]")) setScrolled(event.target.scrollTop > 0);
    },
    onFocus: (event: FocusEvent) => setFocused(event.target.closest("[data-row]") !== null),
    onBlur: () => setFocused(false),
  };
  return { isReading: isScrolled || isFocused, handlers };
}
