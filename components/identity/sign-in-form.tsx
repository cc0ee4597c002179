"use client";

import { useState } from "react";
import { useForm } from "react-hook-form";
import { Button } from "@/components/ui/actions/button";
import { Notice } from "@/components/ui/feedback/notice";
import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import { submitCredentials } from "./submit-credentials";

type Values = { email: string; password: string };

export function SignInForm({ next }: { next: string }) {
  const [failure, setFailure] = useState<string | null>(null);
  const { register, handleSubmit, formState } = useForm<Values>();
  const submit = handleSubmit(async (values) => {
    const message = await submitCredentials("password", values).catch(
      () => "The server does not answer. Try again in a moment.",
    );
    setFailure(message);
    if (message === null) window.location.assign(next);
  });
  return (
    <form method="post" onSubmit={submit} className="grid gap-4" noValidate>
      {failure && <Notice tone="failed">{failure}</Notice>}
      <Field label="E-mail" error={formState.errors.email?.message} required>
        {(control) => (
          <Input
            {...control}
            type="email"
            autoComplete="username"
            autoFocus
            {...register("email", { required: "Your e-mail address." })}
          />
        )}
      </Field>
      <Field label="Password" error={formState.errors.password?.message} required>
        {(control) => (
          <Input
            {...control}
            type="password"
            autoComplete="current-password"
            {...register("password", { required: "Your password." })}
          />
        )}
      </Field>
      <Button type="submit" variant="primary" size="lg" pending={formState.isSubmitting}>
        Sign in
      </Button>
    </form>
  );
}
