"use client";

import { Pin, X } from "lucide-react";
import { LegendMark } from "@/components/charts/frame/legend-mark";
import { IconButton } from "@/components/ui/actions/icon-button";
import { Badge } from "@/components/ui/feedback/badge";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { runHref } from "../run-identity";
import type { CompareTableProps } from "./compare-table";

const head = "sticky top-0 z-10 h-11 whitespace-nowrap border-line border-b bg-panel px-3 text-left max-sm:px-2 font-normal";

/** Who stands in which column; any of them can become the baseline. */
export function CompareHead({ project, runs, looks, onBaseline, onRemove }: CompareTableProps) {
  const canRemove = runs.length > 2;
  return (
    <thead>
      <tr>
        <td className={`${head} left-0 z-20 border-r`} />
        {runs.map((run, index) => (
          <th key={run.id} scope="col" className={`${head} group/head sm:min-w-40`}>
            <span className="flex items-center gap-x-2 max-sm:flex-wrap max-sm:py-1">
              <span className="flex items-center gap-x-2">
                <LegendMark look={looks.get(run.id) ?? { colour: 1, dash: [] }} strong={index === 0} />
                <InlineLink href={runHref(project, run.id)} className="max-w-20 truncate font-medium sm:max-w-44" data-tip={run.name.length > 22 ? run.name : undefined}>
                  {run.name}
                </InlineLink>
              </span>
              {index === 0 ? (
                <Badge tone="accent">baseline</Badge>
              ) : (
                <IconButton
                  label={`Make ${run.name} the baseline`}
                  icon={<Pin />}
                  size="sm"
                  onClick={() => onBaseline(run.id)}
                  className="opacity-50 hover:opacity-100 focus-visible:opacity-100"
                />
              )}
              {canRemove && (
                <IconButton
                  label={`Take ${run.name} out`}
                  icon={<X />}
                  size="sm"
                  onClick={() => onRemove(run.id)}
                  className="-ml-2 opacity-50 hover:opacity-100 focus-visible:opacity-100"
                />
              )}
            </span>
          </th>
        ))}
      </tr>
    </thead>
  );
}
