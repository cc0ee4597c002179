import { cn } from "@/components/ui/class-names";
import { initialsOf } from "./initials-of";

export type AvatarProps = { name: string; size?: "sm" | "md"; decorative?: boolean; className?: string };

/** Initials in a quiet disc; give `decorative` when the name stands beside it. */
export function Avatar({ name, size = "sm", decorative, className }: AvatarProps) {
  const looks = cn(
    "inline-grid shrink-0 place-items-center rounded-full border border-line bg-well font-medium text-ink",
    size === "sm" ? "size-5 text-[9px]" : "size-7 text-[11px]",
    className,
  );
  if (decorative)
    return (
      <span aria-hidden className={looks}>
        {initialsOf(name)}
      </span>
    );
  return (
    <span role="img" aria-label={name} data-tip={name} className={looks}>
      {initialsOf(name)}
    </span>
  );
}
