"use client";

import { type FormEvent, type ReactNode, useId, useState } from "react";
import { Button } from "@/components/ui/actions/button";
import { Input } from "@/components/ui/forms/input";
import { Dialog } from "./dialog";

export type ConfirmDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The verb on the button, the same as everywhere else: "Delete". */
  verb: string;
  /** The object's own name. */
  name: string;
  /** What will be lost or kept, and whether it can be undone. */
  consequence: ReactNode;
  danger?: boolean;
  typeToConfirm?: boolean;
  error?: string;
  /** What must be answered before; not ready until it is. */
  children?: ReactNode;
  ready?: boolean;
  onConfirm: () => Promise<void> | void;
};

/** Names the object and says what follows; for what cannot be undone, its name must be typed. */
export function ConfirmDialog({
  open,
  onOpenChange,
  verb,
  name,
  consequence,
  danger,
  typeToConfirm,
  error,
  children,
  ready: isAnswered = true,
  onConfirm,
}: ConfirmDialogProps) {
  const [typed, setTyped] = useState("");
  const [pending, setPending] = useState(false);
  const form = useId();
  const ready = isAnswered && (!typeToConfirm || typed.trim() === name);

  function change(next: boolean) {
    setTyped("");
    onOpenChange(next);
  }

  async function confirm(event: FormEvent) {
    event.preventDefault();
    if (!ready || pending) return;
    setPending(true);
    try {
      await onConfirm();
    } finally {
      setPending(false);
    }
  }

  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={`${verb} ${name}?`}
      description={consequence}
      size="md"
      footer={
        <>
          <Button onClick={() => change(false)}>Keep it</Button>
          <Button type="submit" form={form} variant={danger ? "danger" : "primary"} disabled={!ready} pending={pending}>
            {verb}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={confirm} className="grid gap-3">
        {typeToConfirm && (
          <label htmlFor={`${form}-name`} className="grid gap-1.5 text-table">
            <span>
              Type <code className="rounded-sm bg-well px-1 font-mono text-label">{name}</code> to confirm
            </span>
            <Input
              id={`${form}-name`}
              mono
              autoComplete="off"
              spellCheck={false}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          </label>
        )}
        {children}
        {error && (
          <p role="alert" className="text-failed text-label">
            {error}
          </p>
        )}
      </form>
    </Dialog>
  );
}
