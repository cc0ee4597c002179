"use client";

import { CircleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";
import { cn } from "@/components/ui/class-names";
import { Label } from "./label";

export type ControlProps = { id: string; "aria-describedby"?: string; "aria-invalid"?: true; "aria-required"?: true };

export type FieldProps = {
  label: ReactNode;
  help?: ReactNode;
  error?: string;
  required?: boolean;
  optional?: boolean;
  className?: string;
  children: (control: ControlProps) => ReactNode;
};

/** Label, control, help and error, tied together: `{(control) => <Input {...control} {...register("name")} />}`. */
export function Field({ label, help, error, required, optional, className, children }: FieldProps) {
  const id = useId();
  const shownHelp = help === error ? undefined : help;
  const described = [shownHelp ? `${id}-help` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div className={cn("grid grid-cols-1 content-start gap-1.5", className)}>
      <Label htmlFor={id}>
        {label}
        {optional && <span className="ml-1.5 font-normal text-faint">optional</span>}
      </Label>
      {children({
        id,
        "aria-describedby": described || undefined,
        "aria-invalid": error ? true : undefined,
        "aria-required": required || undefined,
      })}
      {error && (
        <p id={`${id}-error`} role="alert" className="flex items-start gap-1.5 text-failed text-label">
          <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
          {error}
        </p>
      )}
      {shownHelp && (
        <p id={`${id}-help`} className="text-label text-muted">
          {shownHelp}
        </p>
      )}
    </div>
  );
}
