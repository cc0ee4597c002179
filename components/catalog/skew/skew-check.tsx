"use client";

import { useState } from "react";
import { Button } from "@/components/ui/actions/button";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { formatPercent } from "@/components/ui/format/format-number";
import { Section } from "@/components/ui/layout/section";
import type { SkewCheckView } from "@/server/domains/catalog/contract/catalog";
import { differingFeatures, exampleWords, replayWords, skewFinding } from "./skew-words";

/** As many as are read at a glance; the rest on demand. */
const shown = 12;
const looks = { proved: "succeeded", contradicted: "failed", "not checked": "cancelled" } as const;

/** The newest shadow replay of a dataset: what differed, feature by feature. */
export function SkewCheck({ skew }: { skew: SkewCheckView }) {
  const [isWhole, setIsWhole] = useState(false);
  const differing = differingFeatures(skew.byFeature);
  const finding = skewFinding(skew);
  return (
    <Section
      id="skew"
      title={<span className="flex items-center gap-2">Online equals offline <StateBadge state={looks[finding]} word={finding === "not checked" ? "nothing compared" : `${formatPercent(skew.share, 2)} differ`} /></span>}
      description={replayWords(skew)}
      flush
    >
      {differing.length > 0 && (
        <ul className="text-table">
          {(isWhole ? differing : differing.slice(0, shown)).map((item) => (
            <li key={item.feature} className="flex flex-wrap gap-x-4 border-line border-b px-3 py-1.5 last:border-b-0">
              <span className="w-60 break-words">{item.feature}</span>
              <span className="w-24 text-right tabular-nums">{formatPercent(item.share, 1)}</span>
              <span className="min-w-0 flex-1 text-muted">{exampleWords(item)}</span>
            </li>
          ))}
        </ul>
      )}
      {differing.length > shown && (
        <div className="border-line border-t px-3 py-1.5">
          <Button size="sm" variant="ghost" aria-expanded={isWhole} onClick={() => setIsWhole(!isWhole)}>
            {isWhole ? `Show the first ${shown}` : `Show all ${differing.length}`}
          </Button>
        </div>
      )}
    </Section>
  );
}
