"use client";

import { useEffect, useRef } from "react";
import { attachTips } from "./attach-tips";

/** Mounted once by the shell. Give any element `data-tip="…"`; server components may too. */
export function TipLayer() {
  const tip = useRef<HTMLDivElement>(null);
  useEffect(() => (tip.current ? attachTips(tip.current) : undefined), []);
  return (
    <div
      ref={tip}
      id="page-tip"
      role="tooltip"
      popover="manual"
      className="pointer-events-auto fixed m-0 max-w-80 whitespace-pre-line rounded-md border-0 bg-ink px-2 py-1 text-canvas text-label shadow-float"
    />
  );
}
