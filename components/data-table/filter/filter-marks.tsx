import type { ReactNode } from "react";
import type { FilterMark } from "./filter-grammar";

export type FilterMarksProps = { text: string; marks: readonly FilterMark[]; children: ReactNode };

/** Underlines faults beneath a monospaced field, by a twin of its text that is not seen. */
export function FilterMarks({ text, marks, children }: FilterMarksProps) {
  const first = marks[0];
  return (
    <span className="relative block min-w-0 flex-1">
      {first && (
        <span
          aria-hidden
          className="pointer-events-none absolute inset-x-0 top-1 overflow-hidden whitespace-pre font-mono text-label text-transparent leading-5 max-md:text-[16px]"
        >
          {text.slice(0, first.from)}
          <span className="underline decoration-2 decoration-failed decoration-wavy underline-offset-3">
            {text.slice(first.from, Math.max(first.to, first.from + 1)) || " "}
          </span>
        </span>
      )}
      {children}
    </span>
  );
}
