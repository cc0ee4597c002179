"use client";

import { lazy, type ReactNode, Suspense, useState } from "react";
import { standIn, type TriggerElement } from "./lazy-trigger";

export type MenuEntry =
  | {
      kind?: "item";
      label: string;
      icon?: ReactNode;
      hint?: string;
      href?: string;
      onSelect?: () => void;
      checked?: boolean;
      danger?: boolean;
      disabled?: boolean;
    }
  | { kind: "separator" }
  | { kind: "heading"; label: string };

export type MenuProps = {
  label: string;
  trigger: TriggerElement;
  items: readonly MenuEntry[];
  align?: "start" | "center" | "end";
  side?: "top" | "bottom" | "left" | "right";
};

const fetchSurface = () => import("./menu-surface");
const MenuSurface = lazy(() => fetchSurface().then((module) => ({ default: module.MenuSurface })));

/** A menu on a button; Radix is fetched when the pointer or the focus first comes near. */
export function Menu(props: MenuProps) {
  const [wanted, setWanted] = useState(false);
  const plain = standIn(props.trigger, "menu", fetchSurface, () => setWanted(true));
  if (!wanted) return plain;
  return (
    <Suspense fallback={plain}>
      <MenuSurface {...props} />
    </Suspense>
  );
}
