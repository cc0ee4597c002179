"use client";

import { Search } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/actions/button";
import { Checkbox } from "@/components/ui/forms/checkbox";
import { Input } from "@/components/ui/forms/input";
import { Segmented } from "@/components/ui/forms/segmented";
import type { TableState } from "./use-table-state";

type Named = { key: string; header: string; group?: string };

export type ColumnPickerProps = { columns: readonly Named[]; visible: readonly Named[]; state: TableState };

const SHOWN = 200;

const densities = [
  { value: "normal", label: "Normal rows" },
  { value: "dense", label: "Dense" },
] as const;

/** Columns are added at the end, in the order of picking; the first column always stays. */
export function ColumnPicker({ columns, visible, state }: ColumnPickerProps) {
  const [typed, setTyped] = useState("");
  const shown = columns.filter((column) => column.header.toLowerCase().includes(typed.trim().toLowerCase()));
  const groups = [...new Set(shown.map((column) => column.group ?? ""))];
  const keys = visible.map((column) => column.key);

  function toggle(key: string) {
    state.setColumns(keys.includes(key) ? keys.filter((each) => each !== key) : [...keys, key]);
  }

  return (
    <div className="grid gap-2">
      <Input
        aria-label="Find a column"
        placeholder="Find a column"
        prefix={<Search aria-hidden />}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <div className="quiet-scroll max-h-72 overflow-y-auto">
        {groups.map((group) => (
          <fieldset key={group} className="mb-1">
            {group && <legend className="px-1 pt-1 text-faint text-label">{group}</legend>}
            {shown
              .filter((column) => (column.group ?? "") === group)
              .slice(0, SHOWN)
              .map((column) => (
                <Checkbox
                  key={column.key}
                  label={column.header}
                  checked={keys.includes(column.key)}
                  disabled={column.key === columns[0]?.key}
                  onChange={() => toggle(column.key)}
                  className="flex w-full rounded-sm px-1 py-0.5 hover:bg-well"
                />
              ))}
          </fieldset>
        ))}
        {shown.length === 0 && <p className="px-1 py-2 text-muted text-table">No column by that name.</p>}
      </div>
      <div className="flex items-center justify-between border-line border-t pt-2">
        <Segmented label="Row height" options={densities} value={state.density} onValueChange={state.setDensity} />
        <Button size="sm" variant="ghost" onClick={() => state.setColumns(null)} disabled={!state.columns}>
          Reset
        </Button>
      </div>
    </div>
  );
}
