import type { FilterMark } from "./filter-grammar";

/** Underlines a fault beneath a monospaced field, by a twin of its text that is not seen. */
export function FaultMark({ text, mark: { from, to } }: { text: string; mark: FilterMark }) {
  return (
    <span
      aria-hidden
      className="pointer-events-none absolute inset-x-0 top-1 overflow-hidden whitespace-pre font-mono text-label text-transparent leading-5 max-md:text-[16px]"
    >
      {text.slice(0, from)}
      <span className="underline decoration-2 decoration-failed decoration-wavy underline-offset-3">
        {text.slice(from, Math.max(to, from + 1)) || " "}
      </span>
    </span>
  );
}
