"use client";

import { useMemo } from "react";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { ChartSkeleton } from "@/components/ui/feedback/skeletons";
import { FrozenAddress } from "../address-state";
import { useInView } from "../charts/use-in-view";
import { askedOf } from "../compare/compare-query";
import { ComparedPart, ComparedTables } from "../compare/compare-parts";
import { useCompareState } from "../compare/compare-state";
import { useComparison } from "../compare/use-comparison";
import { messageOf } from "../failure";

export type ReportFigureProps = { project: string; title: string; query: string };

/** A comparison as it stood when it was kept, with the runs' values of today. */
export function ReportFigure({ project, title, query }: ReportFigureProps) {
  const { ref, inView } = useInView<HTMLDivElement>();
  return (
    <section aria-label={title || "Comparison"} className="min-w-0">
      <header className="mb-2 flex flex-wrap items-baseline gap-x-3">
        <h2 className="min-w-0 flex-1 text-heading">{title || "Comparison"}</h2>
        <InlineLink href={`/${project}/experiments/compare?${query}`} className="text-label">
          Open this comparison
        </InlineLink>
      </header>
      <div ref={ref} className="min-h-80">
        {inView ? (
          <FrozenAddress query={query}>
            <Arrangement project={project} />
          </FrozenAddress>
        ) : (
          <ChartSkeleton height={320} className="rounded-lg border border-line bg-panel" />
        )}
      </div>
    </section>
  );
}

const nothing = () => undefined;

function Arrangement({ project }: { project: string }) {
  const [state] = useCompareState();
  const asked = useMemo(() => askedOf(state), [state]);
  const { compared, error, isPending } = useComparison(project, asked, state.base);
  if (error && !compared) return <p className="text-muted text-table">The runs could not be read: {messageOf(error)}</p>;
  if (!compared) return isPending ? <ChartSkeleton height={320} /> : <p className="text-muted text-table">None of these runs is in the project any more.</p>;
  return (
    <div className="grid min-w-0 gap-4">
      <div className="min-w-0">
        <ComparedTables compared={compared} onRemove={nothing} />
      </div>
      <ComparedPart compared={compared} part={state.part} shown={state.show} />
    </div>
  );
}
