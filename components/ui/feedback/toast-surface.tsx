"use client";

import { type CSSProperties, useEffect } from "react";
import { Toaster, toast } from "sonner";
import { connectToasts } from "./notify";

const looks: CSSProperties & Record<`--${string}`, string> = {
  "--normal-bg": "var(--panel)",
  "--normal-text": "var(--ink)",
  "--normal-border": "var(--line)",
  "--border-radius": "6px",
  fontFamily: "inherit",
};

export function ToastSurface() {
  useEffect(
    () =>
      connectToasts(({ kind, text, options }) => {
        // An error stays until it is read; the rest leave by themselves.
        toast[kind](text, { duration: kind === "error" ? 12_000 : 5_000, closeButton: kind === "error", ...options });
      }),
    [],
  );
  return <Toaster position="bottom-right" gap={8} offset={16} mobileOffset={{ bottom: 72 }} style={looks} toastOptions={{ classNames: { description: "!text-muted" } }} />;
}
