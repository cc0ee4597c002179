"use client";

import { lazy, Suspense, useSyncExternalStore } from "react";
import { readWanted, subscribeWanted } from "./notify";

const ToastSurface = lazy(() => import("./toast-surface").then((module) => ({ default: module.ToastSurface })));

/** Mount once; costs nothing until the first `notify`. */
export function Toaster() {
  const wanted = useSyncExternalStore(subscribeWanted, readWanted, () => false);
  return wanted ? (
    <Suspense fallback={null}>
      <ToastSurface />
    </Suspense>
  ) : null;
}
