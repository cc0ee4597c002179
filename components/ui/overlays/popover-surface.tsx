"use client";

import { Popover } from "radix-ui";
import { useState } from "react";
import { cn } from "@/components/ui/class-names";
import type { PopoverProps } from "./popover";

export function PopoverSurface({
  label,
  trigger,
  align = "start",
  side = "bottom",
  className,
  children,
}: PopoverProps) {
  const [open, setOpen] = useState(true);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>{trigger}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label={label}
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className={cn(
            "quiet-scroll z-50 max-h-(--radix-popover-content-available-height) min-w-56 max-w-[calc(100vw-1rem)] animate-enter overflow-y-auto rounded-md border border-line bg-panel p-2 shadow-float outline-none",
            className,
          )}
        >
          {typeof children === "function" ? children(() => setOpen(false)) : children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
