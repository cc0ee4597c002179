"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { QuerySection } from "@/components/trpc/query-section";
import { Button } from "@/components/ui/actions/button";
import { notify } from "@/components/ui/feedback/notify";
import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import { Select } from "@/components/ui/forms/select";
import { Avatar } from "@/components/ui/layout/avatar";
import { Section } from "@/components/ui/layout/section";
import { Dialog } from "@/components/ui/overlays/dialog";
import { CodeBlock } from "@/components/ui/text/code-block";
import { RelativeTime } from "@/components/ui/text/relative-time";
import { roleOptions, type RoleName } from "./role-options";

function InviteDialog({ project, open, onClose }: { project: string; open: boolean; onClose: () => void }) {
  const trpc = useTRPC();
  const [role, setRole] = useState<RoleName>("member");
  const [email, setEmail] = useState("");
  const invite = useMutation(trpc.identity.inviteMember.mutationOptions());
  const close = () => {
    invite.reset();
    setEmail("");
    onClose();
  };
  const url = invite.data?.url;
  return (
    <Dialog open={open} onOpenChange={(next) => !next && close()} title={url ? "The invitation, shown once" : "Invite a person"} description={url ? "Hand it over yourself: it works once, for a week." : "They choose their own password behind a one-time link. No mail is sent."}
      footer={url ? <Button variant="primary" onClick={close}>Done</Button> : <><Button onClick={close}>Cancel</Button><Button variant="primary" pending={invite.isPending} onClick={() => invite.mutate({ project, role, email: email || null })}>Make the link</Button></>}>
      {url ? (
        <CodeBlock title="Invitation link" code={url} wrap />
      ) : (
        <div className="grid gap-4">
          <Field label="Role" error={invite.error?.message}>{(control) => <Select {...control} options={roleOptions} value={role} onChange={(event) => setRole(event.target.value as RoleName)} />}</Field>
          <Field label="E-mail" optional help="Fixes which address the account gets.">{(control) => <Input {...control} type="email" value={email} onChange={(event) => setEmail(event.target.value)} />}</Field>
        </div>
      )}
    </Dialog>
  );
}

export function Members({ project }: { project: string }) {
  const trpc = useTRPC();
  const [isInviting, setIsInviting] = useState(false);
  const query = useQuery(trpc.identity.listMembers.queryOptions({ project }));
  const handlers = { onSuccess: () => void query.refetch(), onError: (error: { message: string }) => notify.error("That was refused", { description: error.message }) };
  const changeRole = useMutation(trpc.identity.changeRole.mutationOptions(handlers));
  const remove = useMutation(trpc.identity.removeMember.mutationOptions(handlers));
  return (
    <Section title="Members" description="viewer reads; member logs, launches, registers; maintainer approves and rolls back; owner decides who may." actions={<Button variant="primary" size="sm" onClick={() => setIsInviting(true)}>Invite</Button>} flush>
      <QuerySection query={query} title="The members could not be read">
        {(members) => (
          <ul className="text-table">
            {members.map((member) => (
              <li key={member.userId} className="flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-3 py-2 last:border-b-0">
                <Avatar name={member.name} size="sm" decorative />
                <span className="w-44 font-medium">{member.name}</span>
                <span className="min-w-0 flex-1 text-muted">{member.email} · since <RelativeTime at={member.since} /></span>
                <Select aria-label={`Role of ${member.name}`} className="w-32" options={roleOptions} value={member.role} onChange={(event) => changeRole.mutate({ project, userId: member.userId, role: event.target.value as RoleName })} />
                <Button size="sm" variant="danger" onClick={() => remove.mutate({ project, userId: member.userId })}>Remove</Button>
              </li>
            ))}
          </ul>
        )}
      </QuerySection>
      <InviteDialog project={project} open={isInviting} onClose={() => setIsInviting(false)} />
    </Section>
  );
}
