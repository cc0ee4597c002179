"use client";

import { useMemo } from "react";
import { cn } from "@/components/ui/class-names";
import { ScrollRegion } from "@/components/ui/layout/scroll-region";
import { diffTexts } from "./file-changes";

const marks = { same: " ", added: "+", removed: "−" } as const;

/** A file before and after, as a patch shows it; the sign stands beside the colour. */
export function FileDiff({ path, before, after }: { path: string; before: string; after: string }) {
  const hunks = useMemo(() => diffTexts(before, after), [before, after]);
  if (!hunks) return <p className="p-4 text-muted text-table">The files are too long to be held against each other here.</p>;
  if (hunks.length === 0) return <p className="p-4 text-muted text-table">Both are the same.</p>;
  return (
    <ScrollRegion label={`Changes of ${path}`} className="max-h-[65dvh]">
      <table className="w-full border-separate border-spacing-0 font-mono text-label leading-[1.35rem]">
        <tbody>
          {hunks.flatMap(({ title, lines }) => [
            <tr key={title}>
              <td colSpan={4} className="bg-well px-3 text-muted">
                {title}
              </td>
            </tr>,
            ...lines.map(({ kind, text, before: old, after: next }) => (
              <tr key={`${title} ${old} ${next}`} className={cn(kind === "added" && "bg-succeeded/10", kind === "removed" && "bg-failed/10")}>
                <td className="w-10 select-none px-2 text-right text-muted">{old}</td>
                <td className="w-10 select-none px-2 text-right text-muted">{next}</td>
                <td className={cn("w-4 select-none", kind === "added" ? "text-succeeded" : "text-failed")}>{marks[kind]}</td>
                <td className="whitespace-pre pr-4">{text}</td>
              </tr>
            )),
          ])}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
