import { CopyButton } from "@/components/ui/actions/copy-button";
import { cn } from "@/components/ui/class-names";

export type CopyableIdProps = { id: string; shown?: number; label?: string; className?: string };

/** The first characters of an id or digest in monospace, the whole of it one press away. */
export function CopyableId({ id, shown = 8, label = "Copy id", className }: CopyableIdProps) {
  return (
    <span className={cn("inline-flex items-center gap-0.5", className)}>
      <code data-tip={id} className="font-mono text-label">
        {id.length > shown + 1 ? `${id.slice(0, shown)}…` : id}
      </code>
      <CopyButton text={id} label={label} />
    </span>
  );
}
