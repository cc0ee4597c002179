"use client";

import { lazy, Suspense, useState } from "react";
import type { ShellData } from "../shell-data";

export type PaletteProps = { open: boolean; onOpenChange: (open: boolean) => void; data: ShellData };

const PaletteSurface = lazy(() => import("./palette-surface").then((module) => ({ default: module.PaletteSurface })));

/** ⌘K; fetched when first asked for. */
export function Palette(props: PaletteProps) {
  const [opened, setOpened] = useState(false);
  if (props.open && !opened) setOpened(true);
  return opened ? (
    <Suspense fallback={null}>
      <PaletteSurface {...props} />
    </Suspense>
  ) : null;
}
