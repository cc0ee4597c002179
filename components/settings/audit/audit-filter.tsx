"use client";

import { parseAsString, useQueryStates } from "nuqs";
import { Button } from "@/components/ui/actions/button";
import { Input } from "@/components/ui/forms/input";
import { Select } from "@/components/ui/forms/select";
import { actionWords } from "@/components/ui/text/action-words";

const parsers = {
  actor: parseAsString.withDefault(""),
  action: parseAsString.withDefault(""),
  subject: parseAsString.withDefault("").withOptions({ history: "replace", throttleMs: 200 }),
};

export const useAuditFilter = () => useQueryStates(parsers);

/** `models.setGate` → `Models`. */
const sectionOf = (action: string): string => action.charAt(0).toUpperCase() + action.slice(1).replace(/\..*$/, "");

type Props = { choices: { actors: readonly string[]; actions: readonly string[] } | null };

/** A chosen one stays a choice, though the latest entries may know it no more. */
const optionsOf = (names: readonly string[], chosen: string) => [...new Set(chosen ? [...names, chosen] : names)];

export function AuditFilter({ choices }: Props) {
  const [{ actor, action, subject }, set] = useAuditFilter();
  const isFiltered = actor !== "" || action !== "" || subject !== "";
  return (
    <div className="grid flex-1 basis-full gap-1.5 sm:flex sm:basis-auto sm:flex-wrap">
      <Select className="sm:w-44" aria-label="Who" placeholder="Anybody" value={actor} onChange={(event) => void set({ actor: event.target.value || null })}
        options={optionsOf(choices?.actors ?? [], actor).map((name) => ({ value: name, label: name }))} />
      <Select className="sm:w-56" aria-label="Did" placeholder="Did anything" value={action} onChange={(event) => void set({ action: event.target.value || null })}
        options={optionsOf(choices?.actions ?? [], action).map((name) => ({ value: name, label: actionWords(name), group: sectionOf(name) }))} />
      <div className="sm:w-52"><Input aria-label="To" data-filter-input placeholder="To: a name, kind or id" value={subject} onChange={(event) => void set({ subject: event.target.value || null })} /></div>
      {isFiltered && <Button variant="ghost" onClick={() => void set(null)}>Clear</Button>}
    </div>
  );
}
