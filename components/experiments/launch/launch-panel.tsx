"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Notice } from "@/components/ui/feedback/notice";
import { formatBytes } from "@/components/ui/format/format-bytes";
import { formatDuration } from "@/components/ui/format/format-duration";
import { formatPlain } from "@/components/ui/format/format-number";
import { InlineLink } from "@/components/ui/layout/inline-link";
import type { KeyValue } from "@/components/ui/layout/key-values";
import { Section } from "@/components/ui/layout/section";
import { CodeBlock } from "@/components/ui/text/code-block";
import type { RecipeView } from "@/server/domains/experiments/contract/recipe";
import type { RunDetail } from "@/server/domains/experiments/contract/run";
import { runHref } from "../run-identity";
import { type Chosen, changesOf } from "./launch-draft";
import { PromisedMetrics } from "./promised-metrics";
import { shellLine } from "./shell-line";

/** The server's own rule, fetched when the form is in use: what is previewed is what will run. */
function usePreview(recipe: RecipeView, chosen: Chosen) {
  const { data } = useQuery({
    queryKey: ["experiments", "launch preview", recipe.id, chosen],
    queryFn: async () => {
      const { previewLaunch } = await import("@/server/domains/experiments/rules/launch/launch-command");
      return previewLaunch(recipe.definition, recipe.requirementsSha256, chosen);
    },
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
  return data;
}

const retryWords = (attempts: number) => (attempts > 1 ? `tried up to ${attempts} times` : "not tried again, unless its agent was lost");

/** When it would start, and facts with what it would cost among them. */
export type Forecast = { queue: ReactNode; facts: (items: readonly KeyValue[]) => ReactNode };

export type LaunchPanelProps = { project: string; recipe: RecipeView; chosen: Chosen; from: RunDetail | null; forecast: Forecast; actions: ReactNode; refusal: string | null };

/** What will run, where, when, and how it differs. */
export function LaunchPanel({ project, recipe, chosen, from, forecast, actions, refusal }: LaunchPanelProps) {
  const preview = usePreview(recipe, chosen);
  const { cpus, memory, gpus, timeout } = recipe.definition.resources;
  return (
    <aside aria-label="What will run" className="grid-cols-1 gap-4 max-lg:contents lg:sticky lg:top-16 lg:grid">
      {/* In reach however long the form is: at the panel's head, on a narrow page in a bar above the dock. */}
      <div className="grid gap-2 max-lg:sticky max-lg:bottom-[calc(3.5rem+env(safe-area-inset-bottom))] max-lg:z-20 max-lg:order-last max-lg:-mx-4 max-lg:border-line max-lg:border-t max-lg:bg-panel max-lg:px-4 max-lg:py-2 md:max-lg:-mx-6 md:max-lg:bottom-0 md:max-lg:px-6">
        {refusal && <Notice tone="failed">{refusal} What you filled in is kept.</Notice>}
        {actions}
      </div>
      <CodeBlock title="Command" wrap code={preview ? shellLine(preview.command) : "…"} maxHeight="20rem" />
      <Section title="Where and when">
        {forecast.facts([
          { label: "Environment", value: preview?.environment ?? "…" },
          { label: "Resources", value: [`${formatPlain(cpus)} CPU`, formatBytes(memory), ...(gpus > 0 ? [`${gpus} GPU`] : [])].join(" · ") },
          { label: "At most", value: `${formatDuration(timeout * 1_000)}, ${formatPlain((cpus * timeout) / 3_600, 2)} CPU-hours` },
          { label: "If it fails", value: preview ? retryWords(preview.attempts) : "…" },
          { label: "Queue", value: forecast.queue },
        ])}
      </Section>
      <PromisedMetrics metrics={recipe.definition.metrics ?? {}} />
      {from?.launch && <Changes project={project} from={from} chosen={chosen} version={recipe.version} />}
    </aside>
  );
}

function Changes({ project, from, chosen, version }: { project: string; from: RunDetail; chosen: Chosen; version: number }) {
  if (!from.launch) return null;
  const changes = changesOf(chosen, from.launch);
  if (from.launch.version !== version) changes.unshift({ name: "recipe version", before: `v${from.launch.version}`, after: `v${version}` });
  return (
    <Section
      title={
        <>
          Different from <InlineLink className="underline" href={runHref(project, from.id)}>{from.name}</InlineLink>
        </>
      }
    >
      {changes.length === 0 ? (
        <p className="text-muted text-table">Nothing yet: it would run the same again.</p>
      ) : (
        <ul className="grid gap-1 text-table">
          {changes.map(({ name, before, after }) => (
            <li key={name} className="flex flex-wrap gap-x-2">
              <span className="text-muted">{name}</span>
              <del className="break-all font-mono text-failed text-label leading-5">{before}</del>
              <span aria-hidden>→</span>
              <ins className="break-all font-mono text-label text-succeeded leading-5 no-underline">{after}</ins>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
