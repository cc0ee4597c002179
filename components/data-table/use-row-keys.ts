"use client";

import { type KeyboardEvent as ReactKeyboardEvent, type RefObject, useEffect, useEffectEvent } from "react";

export type RowKeys = {
  scroller: RefObject<HTMLElement | null>;
  count: number;
  active: number;
  onActive: (index: number) => void;
  reveal: (index: number) => void;
  onOpen: (index: number, apart: boolean) => void;
  onToggle: (index: number) => void;
  /** All from the one that was chosen last. */
  onToggleTo: (index: number) => void;
  onEscape: () => void;
};

/** Rows down. */
const steps: Record<string, number | undefined> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1, PageDown: 20, PageUp: -20, Home: Number.NEGATIVE_INFINITY, End: Number.POSITIVE_INFINITY };

/** Rows by keyboard: j k, arrows, Home, End, Enter, x, X, Space, Escape; from anywhere while nothing else has the focus. */
export function useRowKeys(keys: RowKeys) {
  function focusRow(index: number) {
    keys.onActive(index);
    keys.reveal(index);
    // The row may be drawn only after the scroll; two frames are enough for that.
    requestAnimationFrame(() =>
      requestAnimationFrame(() =>
        keys.scroller.current?.querySelector<HTMLElement>(`[data-row="${index}"]`)?.focus({ preventScroll: true }),
      ),
    );
  }

  function handle(event: KeyboardEvent | ReactKeyboardEvent) {
    const { key, target } = event;
    if (event.altKey || event.defaultPrevented || !(target instanceof Element)) return;
    const isNowhere = target === document.body;
    // What a row's menu hears comes here too, by React's tree: it is the menu's.
    if (!isNowhere && !keys.scroller.current?.contains(target)) return;
    if (target.closest("input:not([type=checkbox]), textarea, select")) return;
    const onRow = target.matches("[data-row]");
    const apart = event.metaKey || event.ctrlKey;
    const step = apart ? undefined : steps[key];
    if (step) {
      event.preventDefault();
      focusRow(isNowhere ? keys.active : Math.max(0, Math.min(keys.count - 1, keys.active + step)));
    } else if (key === "Enter" && onRow) keys.onOpen(keys.active, apart);
    else if (key === "X" && !apart) keys.onToggleTo(keys.active);
    else if ((key === "x" && !apart) || (key === " " && onRow)) {
      event.preventDefault();
      keys.onToggle(keys.active);
    } else if (key === "Escape") keys.onEscape();
  }

  const onDocumentKey = useEffectEvent((event: KeyboardEvent) => {
    const first = document.querySelector("[data-table-scroller]") === keys.scroller.current;
    if (event.target === document.body && first && /^[jk]$/.test(event.key) && !event.metaKey && !event.ctrlKey)
      handle(event);
  });

  useEffect(() => {
    document.addEventListener("keydown", onDocumentKey);
    return () => document.removeEventListener("keydown", onDocumentKey);
  }, []);

  return handle;
}
