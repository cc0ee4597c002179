"use client";

import { Segmented } from "@/components/ui/forms/segmented";

/** What a refused delete names: what is still at work there. */
export type AtWork = { count: number; names: string[] };
export type WhatWithRunning = "stop" | "leave";

const namesIn = (list: unknown): string[] => (Array.isArray(list) ? list.flatMap((each: { name?: unknown }) => (typeof each?.name === "string" ? [each.name] : [])) : []);

/** Null where an error is another one. */
export function atWorkOf(error: unknown): AtWork | null {
  if (typeof error !== "object" || error === null || !("data" in error)) return null;
  const detail = (error.data as { detail?: { field?: unknown; count?: unknown; runs?: unknown; sweeps?: unknown } } | null)?.detail;
  if (detail?.field !== "running" || typeof detail.count !== "number") return null;
  return { count: detail.count, names: [...namesIn(detail.sweeps), ...namesIn(detail.runs)] };
}

const options = [
  { value: "stop", label: "Stop" },
  { value: "leave", label: "Let run to the end" },
] as const;

const shown = 5;

export type RunningChoiceProps = { atWork: AtWork; value: WhatWithRunning | null; onChange: (value: WhatWithRunning) => void };

/** Asked by a dialog that deletes, once it is known that something runs there. */
export function RunningChoice({ atWork, value, onChange }: RunningChoiceProps) {
  const rest = atWork.count - Math.min(shown, atWork.names.length);
  return (
    <fieldset aria-label="What is still at work" className="grid min-w-0 gap-2 rounded-md border border-line p-3 text-table">
      <p>
        Still at work: <span className="font-medium">{atWork.names.slice(0, shown).join(", ")}</span>
        {rest > 0 && ` and ${rest} more`}.
      </p>
      <Segmented<WhatWithRunning | ""> label="What to do with it" options={options} value={value ?? ""} onValueChange={(next) => next !== "" && onChange(next)} />
      {value && (
        <p className="text-label text-muted">
          {value === "stop" ? "Their jobs are told to end. What was logged is kept." : "What they log is kept with them; a sweep starts no more runs here."}
        </p>
      )}
    </fieldset>
  );
}
