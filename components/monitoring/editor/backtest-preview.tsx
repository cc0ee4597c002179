"use client";

import { Button } from "@/components/ui/actions/button";
import { Notice } from "@/components/ui/feedback/notice";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { Section } from "@/components/ui/layout/section";
import type { Backtest, RulesPreview } from "@/server/domains/monitoring/contract/monitor";
import type { Checked } from "./draft";
import { type Preview, usePreview } from "./use-preview";
import { useSettled } from "@/components/ui/forms/use-settled";

/** A rule that fires in more than a tenth of a healthy time's windows would be ignored soon. */
const noisyShare = 0.1;

function Verdict({ tried }: { tried: Backtest }) {
  if (tried.windows === 0) return <StateBadge state="warning" word="no whole window in the reference" />;
  const isNoisy = tried.halfFired / Math.max(1, tried.halfWindows) > noisyShare || tried.fired / tried.windows > noisyShare;
  return <StateBadge state={isNoisy ? "warning" : "succeeded"} word={isNoisy ? "would be noisy" : "quiet on the reference"} />;
}

function Rows({ preview }: { preview: RulesPreview }) {
  return (
    <ul className="text-table tabular-nums">
      {preview.backtest.map((tried) => (
        <li key={tried.rule} className="border-line border-b px-4 py-2 last:border-b-0">
          <div className="flex flex-wrap items-center justify-between gap-x-3"><code className="text-label">{tried.rule}</code><Verdict tried={tried} /></div>
          <p className="text-muted">
            Would have fired in {tried.fired} of {tried.windows} windows; with limits of one half, in {tried.halfFired} of the other's {tried.halfWindows}.
            {tried.textbookFired !== null && ` The textbook's limit (0.25): ${tried.textbookFired}.`}
          </p>
        </li>
      ))}
    </ul>
  );
}

function Body({ preview, isMendable, isResting }: { preview: Preview; isMendable: boolean; isResting: boolean }) {
  if (isMendable) return <p className="px-4 py-2 text-muted">Mend the form first.</p>;
  if (isResting) return <p className="px-4 py-2 text-muted">The rules are tried once the form rests.</p>;
  if (preview.failure) return <div className="p-3"><Notice tone="failed">{preview.failure}</Notice></div>;
  if (preview.answer) return <Rows preview={preview.answer} />;
  if (preview.isStopped) return <div className="p-3"><Notice action={<Button size="sm" onClick={preview.again}>Try them again</Button>}>Stopped: you began another preview elsewhere.</Notice></div>;
  return <p role="status" className="px-4 py-2 text-muted">{preview.stage ? `${preview.stage}…` : "Trying the rules on the reference…"}</p>;
}

/** A reading of the reference takes up to minutes: it begins when nothing was changed for this long. */
const restMs = 1_500;

/** How often the rules as they stand in the form would have fired on the reference, where nothing was wrong. */
export function BacktestPreview({ project, checked }: { project: string; checked: Checked }) {
  const rested = useSettled(checked, restMs);
  const preview = usePreview(project, rested?.ok ? rested.definition : null);
  const { answer } = preview;
  return (
    <Section title="On the reference" description={answer ? `${answer.rows.toLocaleString("en")} rows of a time when all was well, scored by v${answer.modelVersion}. A good rule hardly fires here.` : "What these rules would have done at a time when all was well."} flush>
      <Body preview={preview} isMendable={rested?.ok === false} isResting={rested === null} />
    </Section>
  );
}
