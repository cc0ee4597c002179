"use client";

import { Check } from "lucide-react";
import { useState } from "react";
import { cn } from "@/components/ui/class-names";
import { formatCount } from "@/components/ui/format/format-number";
import { Input } from "@/components/ui/forms/input";
import type { RunKeys } from "@/server/domains/experiments/contract/run";
import { groupName, isWorthGrouping } from "./group-field";
import type { GroupPickerProps } from "./group-picker";

const shownAtMost = 60;

type Choice = { value: string; name: string; detail: string };

function choicesOf(keys: RunKeys): Choice[] {
  const choice = (scope: "params" | "tags", { key, distinct }: RunKeys["params"][number]): Choice => ({
    value: `${scope}.${key}`,
    name: groupName({ scope: scope === "params" ? "param" : "tag", key }),
    detail: `${scope === "params" ? "param" : "tag"}, ${formatCount(distinct)} ${distinct === 1 ? "value" : "values"}`,
  });
  return [
    ...keys.params.filter(({ distinct }) => distinct > 1).map((each) => choice("params", each)),
    ...keys.tags.filter(({ key }) => isWorthGrouping(key)).map((each) => choice("tags", each)),
    ...keys.params.filter(({ distinct }) => distinct <= 1).map((each) => choice("params", each)),
  ];
}

export function GroupChoices({ keys, group, onPick }: GroupPickerProps) {
  const [typed, setTyped] = useState("");
  const wanted = typed.trim().toLowerCase();
  const found = choicesOf(keys).filter(({ name }) => name.toLowerCase().includes(wanted));
  const shown: Choice[] = [...(wanted === "" ? [{ value: "", name: "No grouping", detail: "" }] : []), ...found.slice(0, shownAtMost)];
  return (
    <div className="grid gap-1.5">
      <Input aria-label="Find a param or tag" placeholder="Find a param or tag" value={typed} onChange={(event) => setTyped(event.target.value)} />
      <ul className="quiet-scroll max-h-72 overflow-y-auto">
        {shown.map(({ value, name, detail }) => {
          const isCurrent = value === (group ?? "");
          return (
            <li key={value}>
              <button
                type="button"
                aria-pressed={isCurrent}
                onClick={() => onPick(value || null)}
                className="flex min-h-8 w-full items-center gap-2 rounded-sm px-1 text-left text-table hover:bg-well"
              >
                <Check aria-hidden className={cn("size-3.5 shrink-0 text-accent-text", !isCurrent && "invisible")} />
                <span className="min-w-0 flex-1 truncate">{name}</span>
                <span className="shrink-0 text-faint text-label">{detail}</span>
              </button>
            </li>
          );
        })}
      </ul>
      {found.length === 0 && <p className="px-1 py-1 text-muted text-table">No param or tag by that name.</p>}
      {found.length > shownAtMost && <p className="px-1 text-label text-muted">{formatCount(found.length - shownAtMost)} more: type to find them.</p>}
    </div>
  );
}
