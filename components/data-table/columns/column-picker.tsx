"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { Search } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { Button } from "@/components/ui/actions/button";
import { cn } from "@/components/ui/class-names";
import { Checkbox } from "@/components/ui/forms/checkbox";
import { Input } from "@/components/ui/forms/input";
import { Segmented } from "@/components/ui/forms/segmented";
import type { DataColumn } from "../data-column";
import type { TableState } from "../use-table-state";
import { pickerEntries } from "./picker-entries";

type Named = Pick<DataColumn<never>, "key" | "header" | "group" | "variants">;

export type ColumnPickerProps = { columns: readonly Named[]; visible: readonly Named[]; state: TableState };

const rowHeight = 28;

const densities = [
  { value: "normal", label: "Normal rows" },
  { value: "dense", label: "Dense" },
] as const;

/** Columns are added at the end, in the order of picking; the first column always stays. Thousands may be looked through. */
export function ColumnPicker({ columns, visible, state }: ColumnPickerProps) {
  const [typed, setTyped] = useState("");
  const scroller = useRef<HTMLFieldSetElement>(null);
  const entries = useMemo(() => pickerEntries(columns, visible, typed), [columns, visible, typed]);
  const keys = visible.map((column) => column.key);
  const virtual = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => entries[index]?.key ?? index,
    estimateSize: () => rowHeight,
    overscan: 8,
    initialRect: { width: 280, height: 320 },
  });

  function toggle(key: string) {
    state.setColumns(keys.includes(key) ? keys.filter((each) => each !== key) : [...keys, key]);
  }

  return (
    <div className="grid gap-2">
      <Input
        aria-label="Find a column"
        placeholder={`Find among ${columns.length} columns`}
        prefix={<Search aria-hidden />}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          scroller.current?.scrollTo({ top: 0 });
        }}
      />
      <fieldset ref={scroller} aria-label="Columns" className="quiet-scroll h-80 min-w-0 max-h-[50dvh] overflow-y-auto">
        <div className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, key, start }) => {
            const entry = entries[index];
            if (!entry) return null;
            return (
              <div key={key} className="absolute inset-x-0 top-0 flex items-center" style={{ height: rowHeight, transform: `translateY(${start}px)` }}>
                {entry.kind === "heading" ? (
                  <h3 className="px-1 text-faint text-label">{entry.text}</h3>
                ) : (
                  <PickerRow column={entry.column} keys={keys} isFixed={entry.column.key === columns[0]?.key} onToggle={toggle} />
                )}
              </div>
            );
          })}
        </div>
        {entries.length === 0 && <p className="px-1 py-2 text-muted text-table">No column by that name.</p>}
      </fieldset>
      <div className="flex items-center justify-between border-line border-t pt-2">
        <Segmented label="Row height" options={densities} value={state.density} onValueChange={state.setDensity} />
        <Button size="sm" variant="ghost" onClick={() => state.setColumns(null)} disabled={!state.columns}>
          Reset
        </Button>
      </div>
    </div>
  );
}

type PickerRowProps = { column: Named; keys: readonly string[]; isFixed: boolean; onToggle: (key: string) => void };

function PickerRow({ column, keys, isFixed, onToggle }: PickerRowProps) {
  return (
    <div className="flex w-full min-w-0 items-center rounded-sm hover:bg-well">
      <Checkbox
        label={<span className="block truncate">{column.header}</span>}
        checked={keys.includes(column.key)}
        disabled={isFixed}
        onChange={() => onToggle(column.key)}
        className="min-w-0 flex-1 px-1 py-0.5 [&>span:last-child]:min-w-0"
        data-tip={column.header.length > 26 ? column.header : undefined}
      />
      {column.variants?.map((variant) => {
        const isPicked = keys.includes(variant.key);
        return (
          <button
            key={variant.key}
            type="button"
            aria-pressed={isPicked}
            aria-label={`${variant.label} of ${column.header}`}
            onClick={() => onToggle(variant.key)}
            className={cn("h-6 rounded-sm px-1 text-label", isPicked ? "bg-accent text-on-accent" : "text-muted hover:text-ink")}
          >
            {variant.label}
          </button>
        );
      })}
    </div>
  );
}
