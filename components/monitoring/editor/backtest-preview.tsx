"use client";

import { useMemo, useState } from "react";
import { Button } from "@/components/ui/actions/button";
import { Notice } from "@/components/ui/feedback/notice";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { Section } from "@/components/ui/layout/section";
import type { Backtest, RulesPreview } from "@/server/domains/monitoring/contract/monitor";
import { trialsOf } from "./backtest-words";
import type { Checked } from "./draft";
import { type Preview, usePreview } from "./use-preview";
import { useSettled } from "@/components/ui/forms/use-settled";

function Verdict({ tried, isNoisy }: { tried: Backtest; isNoisy: boolean }) {
  if (tried.windows === 0) return <StateBadge state="warning" word="no whole window in the reference" />;
  return <StateBadge state={isNoisy ? "warning" : "succeeded"} word={isNoisy ? "would be noisy" : "quiet on the reference"} />;
}

function Trial({ tried }: { tried: Backtest }) {
  const { isNoisy, texts } = trialsOf(tried);
  return (
    <li className="border-line border-b px-4 py-2 last:border-b-0">
      <div className="flex flex-wrap items-center justify-between gap-x-3"><code className="text-label">{tried.rule}</code><Verdict tried={tried} isNoisy={isNoisy} /></div>
      {tried.windows > 0 && texts.map((text, at) => <p key={text} className={at === 0 ? undefined : "text-muted"}>{text}</p>)}
      {tried.textbookFired !== null && <p className="text-muted">The textbook's limit (0.25): {tried.textbookFired} of {tried.windows} windows.</p>}
    </li>
  );
}

function Rows({ preview }: { preview: RulesPreview }) {
  return (
    <ul className="text-table tabular-nums">
      {preview.backtest.map((tried) => <Trial key={tried.rule} tried={tried} />)}
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

/**
 * What the form says once it rests; an untouched one at once. Held by its content: the page reads its monitor again while
 * traffic flows, and an equal form made anew is no change.
 */
function useRested(checked: Checked): Checked | null {
  const content = JSON.stringify(checked);
  const [untouched] = useState(checked.ok ? content : null);
  const settled = useSettled(content, restMs);
  const rested = content === untouched ? untouched : settled;
  return useMemo(() => (rested === null ? null : (JSON.parse(rested) as Checked)), [rested]);
}

/** How often the rules as they stand in the form would have fired on the reference, where nothing was wrong. */
export function BacktestPreview({ project, checked }: { project: string; checked: Checked }) {
  const rested = useRested(checked);
  const preview = usePreview(project, rested?.ok ? rested.definition : null);
  const { answer } = preview;
  return (
    <Section title="On the reference" description={answer ? `${answer.rows.toLocaleString("en")} rows of a time when all was well, scored by v${answer.modelVersion}. A good rule hardly fires here: in more than 10% of the windows, either way of trying it, it is noisy.` : "What these rules would have done at a time when all was well."} flush>
      <Body preview={preview} isMendable={rested?.ok === false} isResting={rested === null} />
    </Section>
  );
}
