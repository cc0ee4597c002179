"use client";

import { ListFilter, X } from "lucide-react";
import dynamic from "next/dynamic";
import { type KeyboardEvent, useEffect, useEffectEvent, useId, useRef, useState } from "react";
import { IconButton } from "@/components/ui/actions/icon-button";
import { cn } from "@/components/ui/class-names";
import type { FilterCompletion, FilterGrammar } from "./filter-grammar";

/** Nothing is suggested, and nothing is at fault, before someone is in the field. */
const FilterSuggestions = dynamic(() => import("./filter-suggestions").then((module) => module.FilterSuggestions), { ssr: false });
const FaultMark = dynamic(() => import("./fault-mark").then((module) => module.FaultMark), { ssr: false });

export type FilterBarProps = {
  label: string;
  grammar: FilterGrammar;
  /** The filter in force, as the URL has it. */
  value: string;
  onApply: (text: string) => void;
  className?: string;
};

/** A typed filter: it is applied on Enter or on leaving, and only while it has no fault. */
export function FilterBar({ label, grammar, value, onApply, className }: FilterBarProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState<{ text: string; over: string }>({ text: value, over: value });
  /** Where completion looks from; null while it is closed. */
  const [cursor, setCursor] = useState<number | null>(null);
  const [active, setActive] = useState(-1);
  const [waiting, setWaiting] = useState<string | null>(null);
  // A filter that changed elsewhere (back button, saved view) replaces what was being typed.
  const text = draft.over === value ? draft.text : value;
  // Worked out anew on each rendering: the language, or what it knows, may come after the first letter.
  const options = cursor === null ? [] : grammar.complete(text, cursor);
  // While suggestions are open the expression is being written: no fault is held against it yet.
  const marks = options.length > 0 ? [] : grammar.check(text);
  const fault = marks[0];

  function type(next: string, at: number | null) {
    setDraft({ text: next, over: value });
    setCursor(at ?? next.length);
    setActive(-1);
    grammar.onPlace?.(next, at ?? next.length);
  }

  function apply(next = text) {
    setCursor(null);
    if (grammar.isComing) return setWaiting(next);
    if (grammar.check(next).length > 0 || next.trim() === value) return;
    setDraft({ text: next.trim(), over: next.trim() });
    onApply(next.trim());
  }

  // What was entered before its language was there is looked at once it is: unseen, a fault would be sent.
  const applyNewest = useEffectEvent(apply);
  useEffect(() => {
    if (waiting === null || grammar.isComing) return;
    setWaiting(null);
    applyNewest(waiting);
  }, [waiting, grammar]);

  // A language that comes later has not heard where someone types.
  const tellPlace = useEffectEvent(() => cursor !== null && grammar.onPlace?.(text, cursor));
  useEffect(() => {
    if (!grammar.isComing) tellPlace();
  }, [grammar.isComing]);

  function take(option: FilterCompletion) {
    const next = text.slice(0, option.from) + option.text + text.slice(option.to).replace(/^ /, "");
    const end = option.from + option.text.length;
    type(next, end);
    // The cursor can only be placed once React has written the new text.
    requestAnimationFrame(() => input.current?.setSelectionRange(end, end));
  }

  function onKeyDown(event: KeyboardEvent) {
    const open = options.length > 0;
    const chosen = options[active];
    if (event.key === "Escape") return setCursor(null);
    if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      return setActive((active + step + options.length + (active < 0 && step < 0 ? 1 : 0)) % options.length);
    }
    const offered = chosen ?? options[0];
    if (open && event.key === "Tab" && !event.shiftKey && offered) {
      event.preventDefault();
      return take(offered);
    }
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (chosen) take(chosen);
    else apply();
  }

  return (
    <div className={cn("relative min-w-0 flex-1 basis-72", className)}>
      <div className="control flex h-8 items-center gap-2 pr-0.5 pl-2.5">
        <ListFilter aria-hidden className="size-3.5 shrink-0 text-faint" />
        <span className="relative block min-w-0 flex-1">
          {fault && <FaultMark text={text} mark={fault} />}
          <input
            ref={input}
            role="combobox"
            aria-label={label}
            aria-expanded={options.length > 0}
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
            aria-invalid={fault ? true : undefined}
            aria-describedby={fault ? `${id}-fault` : undefined}
            data-filter-input
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="off"
            placeholder={grammar.example}
            value={text}
            onChange={(event) => type(event.target.value, event.target.selectionStart)}
            onFocus={(event) => setCursor(event.target.selectionStart ?? text.length)}
            onBlur={() => apply()}
            onKeyDown={onKeyDown}
            className="h-7 w-full bg-transparent font-mono text-label outline-none max-md:text-[16px]"
          />
        </span>
        {text !== "" && (
          <IconButton
            label="Clear the filter"
            icon={<X />}
            size="sm"
            onClick={() => {
              type("", 0);
              apply("");
            }}
          />
        )}
      </div>
      <FilterSuggestions id={id} options={options} active={active} fault={fault?.message} onTake={take} />
    </div>
  );
}
