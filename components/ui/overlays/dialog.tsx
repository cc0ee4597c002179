"use client";

import { lazy, type ReactNode, Suspense, useState } from "react";

export type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  footer?: ReactNode;
  size?: "sm" | "md" | "lg";
  placement?: "center" | "right" | "left" | "bottom" | "top";
  hideTitle?: boolean;
  flush?: boolean;
  children?: ReactNode;
};

const DialogSurface = lazy(() => import("./dialog-surface").then((module) => ({ default: module.DialogSurface })));

/** A modal; its code is fetched when it first opens, and stays mounted after so that it can close gracefully. */
export function Dialog(props: DialogProps) {
  const [opened, setOpened] = useState(props.open);
  if (props.open && !opened) setOpened(true);
  if (!opened) return null;
  return (
    <Suspense fallback={null}>
      <DialogSurface {...props} />
    </Suspense>
  );
}
