import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/components/ui/class-names";

export type IconButtonProps = Omit<ComponentProps<"button">, "children" | "aria-label"> & {
  label: string;
  icon: ReactNode;
  size?: "sm" | "md";
  bordered?: boolean;
  shortcut?: string;
};

/** An icon with a name: the label is read aloud and shown as a tip. */
export function IconButton({
  label,
  icon,
  size = "md",
  bordered,
  shortcut,
  className,
  type,
  ...rest
}: IconButtonProps) {
  return (
    <button
      type={type ?? "button"}
      aria-label={label}
      data-tip={shortcut ? `${label}  ${shortcut}` : label}
      className={cn(
        "inline-grid shrink-0 place-items-center rounded-md text-muted transition-colors duration-100 hover:not-disabled:bg-well hover:not-disabled:text-ink disabled:opacity-50 aria-pressed:bg-well aria-pressed:text-ink [&_svg]:size-4",
        size === "sm" ? "size-7" : "size-8",
        bordered && "border border-line bg-panel",
        className,
      )}
      {...rest}
    >
      {icon}
    </button>
  );
}
