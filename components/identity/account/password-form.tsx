"use client";

import { useMutation } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import { useTRPC } from "@/components/trpc/client";
import { fieldOf } from "@/components/trpc/field-of";
import { Button } from "@/components/ui/actions/button";
import { Notice } from "@/components/ui/feedback/notice";
import { notify } from "@/components/ui/feedback/notify";
import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import { Section } from "@/components/ui/layout/section";

type Values = { current: string; next: string };

export function PasswordForm({ onChanged }: { onChanged: () => void }) {
  const trpc = useTRPC();
  const { register, handleSubmit, formState, reset } = useForm<Values>({ defaultValues: { current: "", next: "" } });
  const change = useMutation(
    trpc.identity.changePassword.mutationOptions({
      onSuccess: ({ sessionsEnded }) => {
        reset();
        notify.success("Your password is changed", { description: sessionsEnded > 0 ? `${sessionsEnded} other ${sessionsEnded === 1 ? "session was" : "sessions were"} signed out.` : undefined });
        onChanged();
      },
    }),
  );
  const refused = (["current", "next"] as const).find((field) => field === fieldOf(change.error)) ?? null;
  return (
    <Section title="Password" description="Changing it signs out every other browser.">
      <form method="post" onSubmit={handleSubmit((values) => change.mutate(values))} className="grid gap-4" noValidate>
        {change.error && !refused && <Notice tone="failed">{change.error.message}</Notice>}
        <Field label="Current password" error={formState.errors.current?.message ?? (refused === "current" ? change.error?.message : undefined)} required>
          {(control) => <Input {...control} type="password" autoComplete="current-password" {...register("current", { required: "Your current password." })} />}
        </Field>
        <Field label="New password" help="At least 10 characters." error={formState.errors.next?.message ?? (refused === "next" ? change.error?.message : undefined)} required>
          {(control) => <Input {...control} type="password" autoComplete="new-password" {...register("next", { required: "A password.", minLength: { value: 10, message: "At least 10 characters." } })} />}
        </Field>
        <div><Button type="submit" variant="primary" pending={change.isPending}>Change the password</Button></div>
      </form>
    </Section>
  );
}
