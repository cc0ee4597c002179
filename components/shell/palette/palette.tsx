"use client";

import { lazy, Suspense, useLayoutEffect, useRef, useState } from "react";
import type { ShellData } from "../shell-data";

export type PaletteProps = { open: boolean; onOpenChange: (open: boolean) => void; data: ShellData };
/** What was typed before the palette had come. */
export type EarlyText = { text: string };

const PaletteSurface = lazy(() => import("./palette-surface").then((module) => ({ default: module.PaletteSurface })));

/** Takes what is typed while the palette is fetched: it would be keys of the page otherwise. The focus goes back to where it was, for the palette to return it there. */
function PaletteComing({ early, onLeave }: { early: EarlyText; onLeave: () => void }) {
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    field.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <input
      ref={field}
      aria-label="Search, go, act"
      className="sr-only"
      onChange={(event) => {
        early.text = event.target.value;
      }}
      onKeyDown={(event) => event.key === "Escape" && onLeave()}
    />
  );
}

/** ⌘K; fetched when first asked for. */
export function Palette(props: PaletteProps) {
  const [opened, setOpened] = useState(false);
  const [early] = useState<EarlyText>({ text: "" });
  if (props.open && !opened) setOpened(true);
  function leave() {
    early.text = "";
    props.onOpenChange(false);
  }
  return opened ? (
    <Suspense fallback={props.open && <PaletteComing early={early} onLeave={leave} />}>
      <PaletteSurface {...props} early={early} />
    </Suspense>
  ) : null;
}
