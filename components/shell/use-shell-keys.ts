"use client";

import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useRef } from "react";
import { navHref, navItems } from "./nav-items";
import { toggleRail } from "./rail-width";

export type ShellKeys = { project: string; onPalette: () => void; onHelp: () => void };

const GO_WITHIN_MS = 1_200;

/** Someone who types into a field, or stands in an open dialog or menu, means their letters. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest("input, textarea, select, [role=dialog], [role=menu]") !== null;
}

export function useShellKeys({ project, onPalette, onHelp }: ShellKeys) {
  const router = useRouter();
  const wentAt = useRef(0);

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      return onPalette();
    }
    if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
    if (event.timeStamp - wentAt.current < GO_WITHIN_MS) {
      wentAt.current = 0;
      const item = navItems.find((each) => each.goKey === event.key);
      if (item) router.push(navHref(project, item));
      return;
    }
    if (event.key === "g") wentAt.current = event.timeStamp;
    if (event.key === "?") onHelp();
    if (event.key === "[") toggleRail();
    if (event.key === "/") focusFilter(event);
  });

  useEffect(() => {
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}

/** `/` goes to the page's filter where it has one. */
function focusFilter(event: KeyboardEvent) {
  const filter = document.querySelector<HTMLElement>("[data-filter-input]");
  if (!filter) return;
  event.preventDefault();
  filter.focus();
}
