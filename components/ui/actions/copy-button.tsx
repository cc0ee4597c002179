"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { IconButton } from "./icon-button";

export type CopyButtonProps = { text: string | (() => string); label?: string; size?: "sm" | "md"; className?: string };

type Outcome = "idle" | "copied" | "refused";

/** Says "Copied" in place, and says so too when the browser refuses the clipboard. */
export function CopyButton({ text, label = "Copy", size = "sm", className }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<Outcome>("idle");
  const names: Record<Outcome, string> = {
    idle: label,
    copied: "Copied",
    refused: "The browser refused; select and copy",
  };

  async function copy() {
    try {
      await navigator.clipboard.writeText(typeof text === "function" ? text() : text);
      setOutcome("copied");
    } catch {
      setOutcome("refused");
    }
    setTimeout(() => setOutcome("idle"), 1800);
  }

  return (
    <>
      <IconButton
        label={names[outcome]}
        icon={outcome === "copied" ? <Check className="text-succeeded" /> : <Copy />}
        size={size}
        className={className}
        onClick={copy}
      />
      <span role="status" className="sr-only">
        {outcome === "idle" ? "" : names[outcome]}
      </span>
    </>
  );
}
