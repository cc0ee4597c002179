import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { StateGlyph } from "./state-glyph";
import type { Glyph } from "./state-look";

export type NoticeProps = {
  tone?: "neutral" | "warning" | "failed" | "succeeded";
  action?: ReactNode;
  className?: string;
  children: ReactNode;
};

const looks: Record<NonNullable<NoticeProps["tone"]>, { glyph: Glyph; colour: string }> = {
  neutral: { glyph: "dot", colour: "text-muted" },
  warning: { glyph: "bang", colour: "text-warning" },
  failed: { glyph: "cross", colour: "text-failed" },
  succeeded: { glyph: "check", colour: "text-succeeded" },
};

/** A sentence that stands above a page or a form, with at most one thing to do about it. */
export function Notice({ tone = "neutral", action, className, children }: NoticeProps) {
  return (
    <div
      className={cn(
        "flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md border border-line bg-panel px-3 py-1.5 text-table",
        className,
      )}
    >
      <StateGlyph glyph={looks[tone].glyph} className={looks[tone].colour} />
      <div className="min-w-0 flex-1 basis-40">{children}</div>
      {action}
    </div>
  );
}
