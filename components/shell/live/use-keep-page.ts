"use client";

import { useEffect, useEffectEvent } from "react";
import type { LiveStanding } from "./live-standing";
import { notify } from "@/components/ui/feedback/notify";

/** Whether the router would follow this click: a plain one, on a link to a page of ours. */
function isToOtherPage(event: MouseEvent): boolean {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return false;
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
  if (!link || link.target === "_blank" || link.download !== "") return false;
  return link.origin === location.origin && link.pathname !== location.pathname;
}

/** While the server is not heard, a link keeps what is on the page instead of trading it for a skeleton. */
export function useKeepPage(live: LiveStanding) {
  const onClick = useEffectEvent((event: MouseEvent) => {
    if (live.state !== "lost" || !isToOtherPage(event)) return;
    event.preventDefault();
    event.stopPropagation();
    notify.warning("No connection to the server", { id: "no-connection", description: "This page stays as it was. Follow the link again once the connection is back." });
  });
  useEffect(() => {
    document.addEventListener("click", onClick, { capture: true });
    return () => document.removeEventListener("click", onClick, { capture: true });
  }, []);
}
