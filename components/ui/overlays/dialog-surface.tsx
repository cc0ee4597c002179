"use client";

import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import { useRef } from "react";
import { IconButton } from "@/components/ui/actions/icon-button";
import { cn } from "@/components/ui/class-names";
import type { DialogProps } from "./dialog";

const sizes = { sm: "max-w-sm", md: "max-w-lg", lg: "max-w-3xl" };

const places = {
  center: "top-[12vh] left-1/2 max-h-[80vh] w-[calc(100vw-1.5rem)] -translate-x-1/2 rounded-lg border",
  top: "top-[10vh] left-1/2 max-h-[70vh] w-[calc(100vw-1.5rem)] -translate-x-1/2 rounded-lg border",
  right: "inset-y-0 right-0 w-[calc(100vw-2rem)] border-l",
  left: "inset-y-0 left-0 w-[calc(100vw-4rem)] border-r",
  bottom: "inset-x-0 bottom-0 max-h-[85vh] rounded-t-lg border-t",
};

export function DialogSurface(props: DialogProps) {
  const {
    open,
    onOpenChange,
    title,
    description,
    footer,
    size = "md",
    placement = "center",
    hideTitle,
    flush,
    children,
  } = props;
  const opener = useRef<Element | null>(null);
  const body = useRef<HTMLDivElement>(null);

  // Radix hands the focus back to its own trigger only; ours is whatever opened the dialog.
  function onCloseAutoFocus(event: Event) {
    event.preventDefault();
    if (opener.current instanceof HTMLElement) opener.current.focus();
  }

  /** A dialog that asks something begins at its first field: on its Close button a space would shut it. */
  function onOpenAutoFocus(event: Event) {
    opener.current = document.activeElement;
    const field = body.current?.querySelector<HTMLElement>("input:enabled:not([type=hidden]):not([type=radio]), textarea:enabled");
    if (!field) return;
    event.preventDefault();
    field.focus();
  }

  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content
          onOpenAutoFocus={onOpenAutoFocus}
          onCloseAutoFocus={onCloseAutoFocus}
          {...(description ? {} : { "aria-describedby": undefined })}
          className={cn(
            "fixed z-50 flex animate-enter flex-col border-line bg-panel shadow-float outline-none",
            places[placement],
            placement !== "bottom" && sizes[size],
          )}
        >
          <header className={cn("flex items-start gap-3 px-4 pt-3.5 pb-1", hideTitle && "sr-only")}>
            <div className="min-w-0 flex-1">
              <Dialog.Title className="break-words font-semibold text-heading">{title}</Dialog.Title>
              {description && (
                <Dialog.Description className="mt-0.5 text-muted text-table">{description}</Dialog.Description>
              )}
            </div>
            <Dialog.Close asChild>
              <IconButton label="Close" icon={<X />} size="sm" className="-mr-1" />
            </Dialog.Close>
          </header>
          <div ref={body} className={cn("quiet-scroll min-h-0 flex-1 overflow-y-auto", !flush && "px-4 pt-2 pb-4")}>
            {children}
          </div>
          {footer && (
            <footer className="flex flex-wrap justify-end gap-2 border-line border-t px-4 py-3">{footer}</footer>
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
