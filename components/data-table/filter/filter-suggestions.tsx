import { cn } from "@/components/ui/class-names";
import type { FilterCompletion } from "./filter-grammar";

export type FilterSuggestionsProps = {
  id: string;
  options: readonly FilterCompletion[];
  active: number;
  fault?: string;
  onTake: (option: FilterCompletion) => void;
};

/** Presses are taken on pointerdown, before the field loses its focus and applies the filter. */
export function FilterSuggestions({ id, options, active, fault, onTake }: FilterSuggestionsProps) {
  if (fault && options.length === 0)
    return (
      <p id={`${id}-fault`} className="absolute top-full left-0 z-20 mt-1 rounded-md border border-line bg-panel px-2.5 py-1 text-failed text-label shadow-float">
        {fault}
      </p>
    );
  return (
    <div
      id={`${id}-list`}
      role="listbox"
      aria-label="Suggestions"
      hidden={options.length === 0}
      className="quiet-scroll absolute top-full left-0 z-20 mt-1 max-h-64 w-full min-w-60 max-w-md overflow-y-auto rounded-md border border-line bg-panel p-1 shadow-float"
    >
      {options.map((option, index) => (
        <div
          key={option.text}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          ref={index === active ? (node) => node?.scrollIntoView({ block: "nearest" }) : undefined}
          onPointerDown={(event) => {
            event.preventDefault();
            onTake(option);
          }}
          className={cn(
            "flex min-h-7 cursor-pointer items-center gap-3 rounded-sm px-2 hover:bg-well",
            index === active && "bg-well",
          )}
        >
          <span className="min-w-0 flex-1 truncate font-mono text-label">{option.text.trim()}</span>
          {option.detail && <span className="shrink-0 text-label text-muted">{option.detail}</span>}
        </div>
      ))}
    </div>
  );
}
