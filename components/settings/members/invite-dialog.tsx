"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { fieldOf, fieldWords } from "@/components/trpc/field-of";
import { Button } from "@/components/ui/actions/button";
import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import { Select } from "@/components/ui/forms/select";
import { Dialog } from "@/components/ui/overlays/dialog";
import { CodeBlock } from "@/components/ui/text/code-block";
import { isRoleWithin, type RoleName, roleOptions } from "../role-options";

type Props = { project: string; role: RoleName; onClose: () => void; onMade: () => void };

/** Nobody invites to a role above their own. */
export function InviteDialog({ project, role: own, onClose, onMade }: Props) {
  const trpc = useTRPC();
  const formId = useId();
  const [role, setRole] = useState<RoleName>("member");
  const [email, setEmail] = useState("");
  const invite = useMutation(trpc.identity.inviteMember.mutationOptions({ onSuccess: onMade }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    invite.mutate({ project, role, email: email || null });
  };
  const url = invite.data?.url;
  const isEmailRefused = fieldOf(invite.error) === "email";
  return (
    <Dialog open onOpenChange={(next) => !next && onClose()} title={url ? "The invitation, shown once" : "Invite a person"} description={url ? "Hand it over yourself: it works once, for a week." : "Behind a one-time link they make an account, or join with the one they have. No mail is sent."}
      footer={url ? <Button variant="primary" onClick={onClose}>Done</Button> : <><Button onClick={onClose}>Cancel</Button><Button variant="primary" pending={invite.isPending} type="submit" form={formId}>Make the link</Button></>}>
      {url ? (
        <CodeBlock title="Invitation link" code={url} wrap />
      ) : (
        <form id={formId} className="grid gap-4" onSubmit={submit} noValidate>
          <Field label="Role" error={isEmailRefused ? undefined : invite.error?.message}>{(control) => <Select {...control} options={roleOptions.filter((option) => isRoleWithin(option.value, own))} value={role} onChange={(event) => setRole(event.target.value as RoleName)} />}</Field>
          <Field label="E-mail" optional error={isEmailRefused && invite.error ? fieldWords(invite.error) : undefined} help="Only an account with this address can use it.">{(control) => <Input {...control} type="email" value={email} onChange={(event) => setEmail(event.target.value)} />}</Field>
        </form>
      )}
    </Dialog>
  );
}
