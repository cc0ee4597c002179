import { cn } from "@/components/ui/class-names";

/** In `keys`: ⌘ on Apple's keyboards, Ctrl on any other. */
export const modKey = "mod";

/** CSS alone chooses, by what the script of the first paint found: the server's text and the browser's are the same. */
export function ModKey() {
  return (
    <>
      <span className="hidden apple:inline">⌘</span>
      <span className="apple:hidden">Ctrl</span>
    </>
  );
}

export type ShortcutHintProps = { keys: readonly string[]; className?: string };

export function ShortcutHint({ keys, className }: ShortcutHintProps) {
  return (
    <span className={cn("inline-flex items-center gap-0.5", className)}>
      {keys.map((key) => (
        <kbd
          key={key}
          className="inline-grid h-[18px] min-w-[18px] place-items-center rounded-sm border border-line bg-panel px-1 font-sans text-[11px] text-muted leading-none"
        >
          {key === modKey ? <ModKey /> : key}
        </kbd>
      ))}
    </span>
  );
}
