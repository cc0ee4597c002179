"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/actions/button";
import { Input } from "@/components/ui/forms/input";
import { Switch } from "@/components/ui/forms/switch";

export type NameViewProps = {
  label: string;
  verb: "Save" | "Rename";
  initial: string;
  canShare?: boolean;
  pending: boolean;
  error: string | null;
  /** What speaks against a name before it is sent. */
  faultOf?: (view: { name: string; isShared: boolean }) => string | null;
  onSubmit: (view: { name: string; isShared: boolean }) => void;
  onCancel?: () => void;
};

const longestName = 80;

/** One line to name a view, new or old. */
export function NameView({ label, verb, initial, canShare, pending, error, faultOf, onSubmit, onCancel }: NameViewProps) {
  const [typed, setTyped] = useState(initial);
  const [isShared, setShared] = useState(false);
  const name = typed.trim();
  const fault = faultOf?.({ name, isShared }) ?? error;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (name !== "" && !pending && !faultOf?.({ name, isShared })) onSubmit({ name, isShared });
  }

  return (
    <form onSubmit={submit} className="grid gap-1.5">
      <div className="flex gap-1.5">
        <Input
          aria-label={label}
          aria-invalid={fault ? true : undefined}
          autoFocus={verb === "Rename"}
          autoComplete="off"
          maxLength={longestName}
          placeholder="Save this view as…"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Escape" || !onCancel) return;
            event.stopPropagation();
            onCancel();
          }}
        />
        <Button type="submit" disabled={name === "" || (verb === "Rename" && name === initial)} pending={pending}>
          {verb}
        </Button>
      </div>
      {canShare && <Switch label="Share with the project" className="px-1" checked={isShared} onChange={(event) => setShared(event.target.checked)} />}
      {fault && (
        <p role="alert" className="px-1 text-failed text-label">
          {fault}
        </p>
      )}
    </form>
  );
}
