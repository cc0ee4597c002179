"use client";

import { useQuery } from "@tanstack/react-query";
import { useState, useSyncExternalStore } from "react";
import { useForm } from "react-hook-form";
import { Button, ButtonLink } from "@/components/ui/actions/button";
import { Notice } from "@/components/ui/feedback/notice";
import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import type { LinkFacts } from "@/server/platform/identity/contract";
import { JoinAsSelf, SignInAndJoin } from "./join-form";
import { submitCredentials } from "./submit-credentials";

type Values = { name: string; email: string; password: string };

const onHashChange = (notify: () => void) => {
  window.addEventListener("hashchange", notify);
  return () => window.removeEventListener("hashchange", notify);
};

/** The secret stands behind `#`, so that it is never sent in a request line or kept in a log. */
function useLinkSecret(): string | null {
  return useSyncExternalStore(
    onHashChange,
    () => window.location.hash.slice(1),
    () => null,
  );
}

async function fetchLink(secret: string): Promise<LinkFacts> {
  const response = await fetch("/api/auth/link", {
    method: "POST",
    body: JSON.stringify({ secret }),
    headers: { "content-type": "application/json" },
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.message);
  return answer;
}

function purposeOf(link: LinkFacts): string {
  if (link.kind === "first_owner") return "You are the first one here. Your account will own this installation.";
  if (link.kind === "password_reset") return `Choose a new password for ${link.email}.`;
  return `You are invited to ${link.project} as ${link.role}.`;
}

export function WelcomeForm() {
  const secret = useLinkSecret();
  const link = useQuery({
    queryKey: ["link", secret],
    queryFn: () => fetchLink(secret ?? ""),
    enabled: Boolean(secret),
    retry: false,
  });
  if (secret === "")
    return (
      <Notice tone="warning">
        This page needs a whole sign-in link. Copy all of it, with what stands behind the #.
      </Notice>
    );
  if (link.error) return <ClosedLink why={link.error.message} />;
  if (!link.data || !secret) return <p className="text-muted">Reading the link…</p>;
  return link.data.kind === "invitation" ? <Invitation link={link.data} secret={secret} /> : <AccountForm link={link.data} secret={secret} />;
}

/** Used, expired, taken back or cut short: whoever has an account goes on by signing in. */
function ClosedLink({ why }: { why: string }) {
  return (
    <div className="grid gap-4">
      <Notice tone="warning">{why}</Notice>
      <ButtonLink href="/sign-in" variant="primary" size="lg">
        Sign in
      </ButtonLink>
      <p className="text-label text-muted">A new invitation comes from an owner or maintainer of the project, a reset link from an admin.</p>
    </div>
  );
}

/** An invited person is signed in, has an account, or is new here. */
function Invitation({ link, secret }: { link: LinkFacts; secret: string }) {
  const [hasAccount, setHasAccount] = useState(false);
  return (
    <>
      <JoinAsSelf link={link} secret={secret} />
      {hasAccount ? <SignInAndJoin link={link} secret={secret} /> : <AccountForm link={link} secret={secret} />}
      <Button variant="ghost" className="mt-4 w-full" onClick={() => setHasAccount(!hasAccount)}>{hasAccount ? "I am new here" : "I have an account"}</Button>
    </>
  );
}

function AccountForm({ link, secret }: { link: LinkFacts; secret: string }) {
  const [failure, setFailure] = useState<string | null>(null);
  const { register, handleSubmit, formState } = useForm<Values>({ defaultValues: { email: link.email ?? "" } });
  const isReset = link.kind === "password_reset";
  const submit = handleSubmit(async (values) => {
    const message = await submitCredentials("link", { ...values, secret }).catch(
      () => "The server does not answer. Try again in a moment.",
    );
    setFailure(message);
    if (message === null) window.location.assign("/");
  });
  return (
    <form method="post" onSubmit={submit} className="grid gap-4" noValidate>
      <p className="text-muted">{purposeOf(link)}</p>
      {failure && <Notice tone="failed">{failure}</Notice>}
      {!isReset && (
        <Field label="Name" error={formState.errors.name?.message} required>
          {(control) => (
            <Input
              {...control}
              autoComplete="name"
              autoFocus
              {...register("name", { required: "What people call you." })}
            />
          )}
        </Field>
      )}
      {!isReset && (
        <Field
          label="E-mail"
          help="You sign in with it. No mail is sent."
          error={formState.errors.email?.message}
          required
        >
          {(control) => (
            <Input
              {...control}
              type="email"
              autoComplete="username"
              readOnly={link.email !== null}
              {...register("email", { required: "Your e-mail address." })}
            />
          )}
        </Field>
      )}
      <Field label="Password" help="At least 10 characters." error={formState.errors.password?.message} required>
        {(control) => (
          <Input
            {...control}
            type="password"
            autoComplete="new-password"
            {...register("password", {
              required: "A password.",
              minLength: { value: 10, message: "At least 10 characters." },
            })}
          />
        )}
      </Field>
      <Button type="submit" variant="primary" size="lg" pending={formState.isSubmitting}>
        {isReset ? "Set the password" : "Make the account"}
      </Button>
    </form>
  );
}
