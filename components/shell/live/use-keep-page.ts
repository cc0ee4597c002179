"use client";

import { useEffect, useEffectEvent, useState } from "react";
import type { LiveStanding } from "./live-standing";

/** Whether the router would follow this click: a plain one, on a link to a page of ours. */
function isToOtherPage(event: MouseEvent): boolean {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return false;
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
  if (!link || link.target === "_blank" || link.download !== "") return false;
  return link.origin === location.origin && link.pathname !== location.pathname;
}

/** While the server is not heard, a link keeps what is on the page instead of trading it for a skeleton. Gives whether one was. */
export function useKeepPage(live: LiveStanding): boolean {
  const [isKept, setIsKept] = useState(false);
  const isLost = live.state === "lost";
  if (isKept && !isLost) setIsKept(false);
  const onClick = useEffectEvent((event: MouseEvent) => {
    if (!isLost || !isToOtherPage(event)) return;
    event.preventDefault();
    event.stopPropagation();
    setIsKept(true);
  });
  useEffect(() => {
    document.addEventListener("click", onClick, { capture: true });
    return () => document.removeEventListener("click", onClick, { capture: true });
  }, []);
  return isKept;
}
