"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { Notice } from "@/components/ui/feedback/notice";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { Section } from "@/components/ui/layout/section";
import type { MonitorDefinition } from "@/server/domains/monitoring/contract/definition";
import type { Backtest, RulesPreview } from "@/server/domains/monitoring/contract/monitor";

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

const isOpen = (state: string | undefined) => state === undefined || state === "queued" || state === "running";

/** How often the rules as they stand in the form would have fired on the reference, where nothing was wrong. */
export function BacktestPreview({ project, definition }: { project: string; definition: MonitorDefinition | null }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const tried = definition && { model: definition.model, reference: definition.reference, rules: definition.rules, calibrate: definition.calibrate, min_rows: definition.min_rows };
  const asked = useQuery({
    queryKey: ["preview-rules", project, JSON.stringify(tried)],
    queryFn: () => (tried ? client.monitoring.previewRules.mutate({ project, ...tried }) : null),
    enabled: tried !== null, staleTime: Number.POSITIVE_INFINITY, retry: false,
  });
  const operationId = asked.data?.operationId ?? "";
  const options = trpc.platform.getOperation.queryOptions({ project, operationId }, { enabled: operationId !== "", refetchInterval: (query) => (isOpen(query.state.data?.state) ? 1_000 : false) });
  const { data: operation } = useQuery(options);
  useLive([`operation:${operationId}`], [options.queryKey]);
  const preview = operation?.state === "succeeded" ? (operation.result as RulesPreview | null) : null;
  const failure = asked.error?.message ?? operation?.error;
  return (
    <Section title="On the reference" description={preview ? `${preview.rows.toLocaleString("en")} rows of a time when all was well, scored by v${preview.modelVersion}. A good rule hardly fires here.` : "What these rules would have done at a time when all was well."} flush>
      {definition === null ? (
        <p className="px-4 py-2 text-muted">Mend the form first.</p>
      ) : failure ? (
        <div className="p-3"><Notice tone="failed">{failure}</Notice></div>
      ) : preview ? (
        <Rows preview={preview} />
      ) : (
        <p role="status" className="px-4 py-2 text-muted">{operation?.stage ? `${operation.stage}…` : "Trying the rules on the reference…"}</p>
      )}
    </Section>
  );
}
