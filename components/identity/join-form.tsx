"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { Button } from "@/components/ui/actions/button";
import { Notice } from "@/components/ui/feedback/notice";
import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import type { LinkFacts } from "@/server/platform/identity/contract";
import { submitCredentials } from "./submit-credentials";

const unreachable = "The server does not answer. Try again in a moment.";

/** For whoever is signed in already: one button. */
export function JoinAsSelf({ link, secret }: { link: LinkFacts; secret: string }) {
  const trpc = useTRPC();
  const account = useQuery(trpc.identity.getAccount.queryOptions({}, { retry: false }));
  const join = useMutation(trpc.identity.joinProject.mutationOptions({ onSuccess: ({ project }) => window.location.assign(`/${project}`) }));
  if (!account.data) return null;
  return (
    <div className="mb-6 grid gap-3">
      {join.error && <Notice tone="failed">{join.error.message}</Notice>}
      <Button variant="primary" size="lg" pending={join.isPending || join.isSuccess} onClick={() => join.mutate({ secret })}>Join {link.project} as {account.data.name}</Button>
      <p className="text-label text-muted">You are signed in as {account.data.email}.</p>
    </div>
  );
}

/** For whoever has an account but is not signed in: both at once. The link's secret never enters an address. */
export function SignInAndJoin({ link, secret }: { link: LinkFacts; secret: string }) {
  const client = useTRPCClient();
  const [failure, setFailure] = useState<string | null>(null);
  const { register, handleSubmit, formState } = useForm({ defaultValues: { email: link.email ?? "", password: "" } });
  const submit = handleSubmit(async (values) => {
    const refused = await submitCredentials("password", values).catch(() => unreachable);
    if (refused) return setFailure(refused);
    await client.identity.joinProject
      .mutate({ secret })
      .then(({ project }) => window.location.assign(`/${project}`))
      .catch((error: Error) => setFailure(error.message));
  });
  return (
    <form method="post" onSubmit={submit} className="grid gap-4" noValidate>
      {failure && <Notice tone="failed">{failure}</Notice>}
      <Field label="E-mail" error={formState.errors.email?.message} required>
        {(control) => <Input {...control} type="email" autoComplete="username" {...register("email", { required: "Your e-mail address." })} />}
      </Field>
      <Field label="Password" error={formState.errors.password?.message} required>
        {(control) => <Input {...control} type="password" autoComplete="current-password" {...register("password", { required: "Your password." })} />}
      </Field>
      <Button type="submit" variant="primary" size="lg" pending={formState.isSubmitting}>Sign in and join</Button>
    </form>
  );
}
