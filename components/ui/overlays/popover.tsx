"use client";

import { lazy, type ReactNode, Suspense, useState } from "react";
import { standIn, type TriggerElement } from "./lazy-trigger";

export type PopoverProps = {
  label: string;
  trigger: TriggerElement;
  align?: "start" | "center" | "end";
  side?: "top" | "bottom" | "left" | "right";
  className?: string;
  /** A function gets `close`. */
  children: ReactNode | ((close: () => void) => ReactNode);
};

const fetchSurface = () => import("./popover-surface");
const PopoverSurface = lazy(() => fetchSurface().then((module) => ({ default: module.PopoverSurface })));

/** A floating panel on a button; fetched when first needed, like Menu. */
export function Popover(props: PopoverProps) {
  const [wanted, setWanted] = useState(false);
  const plain = standIn(props.trigger, "dialog", fetchSurface, () => setWanted(true));
  if (!wanted) return plain;
  return (
    <Suspense fallback={plain}>
      <PopoverSurface {...props} />
    </Suspense>
  );
}
