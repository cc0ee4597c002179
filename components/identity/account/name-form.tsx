"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/actions/button";
import { notify } from "@/components/ui/feedback/notify";
import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import { Section } from "@/components/ui/layout/section";
import type { AccountView } from "@/server/platform/identity/contract";

export function NameForm({ account, onSaved }: { account: AccountView; onSaved: () => void }) {
  const trpc = useTRPC();
  const router = useRouter();
  const { register, handleSubmit, formState, reset } = useForm({ defaultValues: { name: account.name } });
  const rename = useMutation(
    trpc.identity.renameAccount.mutationOptions({
      onSuccess: ({ name }) => {
        reset({ name });
        notify.success("Your name is changed");
        onSaved();
        router.refresh();
      },
    }),
  );
  return (
    <Section title="You" description={`${account.email}${account.isAdmin ? " · admin of this installation" : ""}`}>
      <form onSubmit={handleSubmit((values) => rename.mutate(values))} className="grid gap-4" noValidate>
        <Field label="Name" help="How audit, approvals and alerts call you from now on." error={formState.errors.name?.message ?? rename.error?.message} required>
          {(control) => <Input {...control} autoComplete="name" {...register("name", { required: "What people call you.", maxLength: { value: 100, message: "At most 100 characters." } })} />}
        </Field>
        <div><Button type="submit" variant="primary" disabled={!formState.isDirty} pending={rename.isPending}>Save the name</Button></div>
      </form>
    </Section>
  );
}
