import type { ReactNode } from "react";
import { formatBytes } from "@/components/ui/format/format-bytes";
import { formatDuration } from "@/components/ui/format/format-duration";
import { formatCount, formatPlain } from "@/components/ui/format/format-number";
import { KeyValues } from "@/components/ui/layout/key-values";
import { Section } from "@/components/ui/layout/section";
import type { RecipeView } from "@/server/domains/experiments/contract/recipe";
import { choicesOf, type SweepDraft, variedOf } from "./sweep-draft";

function spanOf(recipe: RecipeView, draft: SweepDraft, name: string): string {
  const [schema, own] = [recipe.definition.parameters.properties[name], draft.space[name]];
  if (!schema || !own) return "–";
  const span = own.mode === "choice" ? choicesOf(schema, own).join(", ") : `${own.low || "…"} to ${own.high || "…"}${own.log ? ", log" : ""}`;
  return own.whenParameter && own.whenEquals.length > 0 ? `${span} where ${own.whenParameter} is ${own.whenEquals.join(" or ")}` : span || "–";
}

/** What will run, and what it takes at most. */
export function SweepSummaryPanel({ recipe, draft, actions }: { recipe: RecipeView; draft: SweepDraft; actions: ReactNode }) {
  const { cpus, memory, gpus, timeout } = recipe.definition.resources;
  const varied = variedOf(recipe, draft);
  const [runs, atOnce] = [Number(draft.runs) || 0, Math.max(1, Number(draft.parallelism) || 1)];
  const longest = Math.ceil(runs / atOnce) * timeout * 1_000;
  return (
    <aside aria-label="What will run" className="grid-cols-1 gap-4 max-lg:contents lg:sticky lg:top-16 lg:grid">
      <div className="grid gap-2 max-lg:sticky max-lg:bottom-[calc(3.5rem+env(safe-area-inset-bottom))] max-lg:z-20 max-lg:order-last max-lg:-mx-4 max-lg:border-line max-lg:border-t max-lg:bg-panel max-lg:px-4 max-lg:py-2 md:max-lg:-mx-6 md:max-lg:bottom-0 md:max-lg:px-6">
        {actions}
      </div>
      <Section title="What varies">
        {varied.length === 0 ? <p className="text-muted text-table">Nothing yet.</p> : <KeyValues items={varied.map((name) => ({ label: name, value: spanOf(recipe, draft, name), mono: true }))} />}
      </Section>
      <Section title="What it takes">
        <KeyValues
          items={[
            { label: "Each run", value: [`${formatPlain(cpus)} CPU`, formatBytes(memory), ...(gpus > 0 ? [`${gpus} GPU`] : [])].join(" · ") },
            { label: "Runs", value: `${formatCount(runs)}, ${atOnce} at once` },
            { label: "At most", value: `${formatDuration(longest)} where ${atOnce === 1 ? "one finds" : `${atOnce} find`} room, ${formatPlain((runs * cpus * timeout) / 3_600, 2)} CPU-hours` },
          ]}
        />
      </Section>
    </aside>
  );
}
