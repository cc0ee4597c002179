"use client";

import { Pin, X } from "lucide-react";
import { LegendMark } from "@/components/charts/frame/legend-mark";
import { IconButton } from "@/components/ui/actions/icon-button";
import { cn } from "@/components/ui/class-names";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { useIsFrozen } from "../../address-state";
import { runHref } from "../../run-identity";
import { spread } from "./compare-cells";
import type { CompareTableProps } from "./compare-table";
import type { Window } from "./use-table-window";

const head = "sticky top-0 z-10 h-11 overflow-hidden whitespace-nowrap border-line border-b bg-panel px-3 text-left font-normal max-sm:px-2";

export type CompareHeadProps = CompareTableProps & { window: Window };

/** Who stands in which column; any of them can become the baseline. */
export function CompareHead({ compared, onBaseline, onRemove, window }: CompareHeadProps) {
  const { runs, order, looks, project } = compared;
  const isFrozen = useIsFrozen();
  const canRemove = runs.length > 2 && !isFrozen;
  return (
    <thead>
      <tr>
        <td className={cn(head, "left-0 z-20 border-r")} />
        {spread(window, ({ index, isFirst }) => {
          const run = runs[order[index] ?? 0];
          if (!run) return null;
          return (
            <th key={run.id} scope="col" aria-colindex={index + 2} className={cn(head, isFirst && "border-r sm:left-56 sm:z-20")}>
              <span className="flex items-center gap-x-1.5">
                <LegendMark look={looks.get(run.id) ?? { colour: 1, dash: [] }} strong={isFirst} />
                <InlineLink href={runHref(project, run.id)} className="min-w-0 flex-1 truncate font-medium" data-tip={run.name}>
                  {run.name}
                </InlineLink>
                {isFirst ? (
                  <span data-tip="The baseline" className="grid size-6 place-items-center text-accent-text">
                    <Pin aria-hidden className="size-3.5 fill-current" />
                    <span className="sr-only">baseline</span>
                  </span>
                ) : (
                  !isFrozen && <IconButton label={`Make ${run.name} the baseline`} icon={<Pin />} size="sm" onClick={() => onBaseline(run.id)} className="opacity-50 hover:opacity-100 focus-visible:opacity-100" />
                )}
                {canRemove && (
                  <IconButton label={`Take ${run.name} out`} icon={<X />} size="sm" onClick={() => onRemove(run.id)} className="-ml-1.5 opacity-50 hover:opacity-100 focus-visible:opacity-100" />
                )}
              </span>
            </th>
          );
        }, cn(head, "p-0"))}
      </tr>
    </thead>
  );
}
