"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { parseAsBoolean, useQueryState } from "nuqs";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { QuerySection } from "@/components/trpc/query-section";
import { Button } from "@/components/ui/actions/button";
import { Badge } from "@/components/ui/feedback/badge";
import { notify } from "@/components/ui/feedback/notify";
import { Select } from "@/components/ui/forms/select";
import { Avatar } from "@/components/ui/layout/avatar";
import { Section } from "@/components/ui/layout/section";
import { ConfirmDialog } from "@/components/ui/overlays/confirm-dialog";
import { RelativeTime } from "@/components/ui/text/relative-time";
import { roleLabel, type RoleName, roleOptions, roleWords } from "../role-options";
import { Invitations } from "./invitations";
import { InviteDialog } from "./invite-dialog";
import { OwnerDialog } from "./owner-dialog";
import { ResetDialog } from "./reset-dialog";

type Member = { userId: string; name: string; email: string; role: string; since: Date; isAdmin: boolean };
type RowProps = { member: Member; isOwner: boolean; isOnlyOwner: boolean; mayReset: boolean; onRole: (role: RoleName) => void; onReset: () => void; onRemove: () => void };

function MemberRow({ member, isOwner, isOnlyOwner, mayReset, onRole, onReset, onRemove }: RowProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-4 py-2 last:border-b-0">
      <Avatar name={member.name} size="sm" decorative />
      <span className="w-44 font-medium">{member.name} {member.isAdmin && <Badge>admin</Badge>}</span>
      <span className="min-w-0 flex-1 basis-56 break-words text-muted">{member.email} · since <RelativeTime at={member.since} /></span>
      {isOwner && !isOnlyOwner ? <span className="w-36 max-sm:w-full"><Select aria-label={`Role of ${member.name}`} options={roleOptions} value={member.role} onChange={(event) => onRole(event.target.value as RoleName)} /></span> : <span className="w-36 max-sm:w-full" data-tip={isOnlyOwner ? "The only owner: a project keeps one. Make somebody else an owner first." : undefined}>{isOnlyOwner ? "Only owner" : roleLabel(member.role)}</span>}
      {mayReset && <Button size="sm" aria-label={`Reset password… of ${member.name}`} onClick={onReset}>Reset password…</Button>}
      {isOwner && !isOnlyOwner && <Button size="sm" variant="danger" aria-label={`Remove… ${member.name}`} onClick={onRemove}>Remove…</Button>}
    </li>
  );
}

type Props = { project: string; role: RoleName; isAdmin: boolean };
type Shown = { what: "reset" | "remove" | "owner"; member: Member };

/** Says what it did, with the way back; the way back from owner is open to owners only, so it asks before. */
function useChangeRole(project: string, onDone: () => void) {
  const trpc = useTRPC();
  const change = useMutation(trpc.identity.changeRole.mutationOptions());
  const run = (member: Member, role: RoleName, isUndo = false) =>
    change.mutate({ project, userId: member.userId, role }, {
      onSuccess: () => {
        onDone();
        const undo = { action: { label: "Undo", onClick: () => run({ ...member, role }, member.role as RoleName, true) } };
        notify.success(`${member.name} is ${isUndo ? "again " : ""}${roleWords(role)}`, isUndo ? undefined : undo);
      },
      onError: (error) => notify.error("That was refused", { description: error.message }),
    });
  return { run, pending: change.isPending };
}

export function Members({ project, role, isAdmin }: Props) {
  const trpc = useTRPC();
  const [shown, show] = useState<Shown | null>(null);
  const [isInviting, setIsInviting] = useQueryState("new", parseAsBoolean.withDefault(false));
  const query = useQuery(trpc.identity.listMembers.queryOptions({ project }));
  const invitations = useQuery(trpc.identity.listInvitations.queryOptions({ project }, { enabled: false }));
  const close = () => show(null);
  const changeRole = useChangeRole(project, () => { close(); void query.refetch(); });
  const remove = useMutation(trpc.identity.removeMember.mutationOptions({ onSuccess: () => { close(); void query.refetch(); } }));
  const isOwner = role === "owner";
  const mayInvite = isOwner || role === "maintainer";
  return (
    <div className="grid gap-4">
      <Section title="Members" description="Viewers read; members also log, launch and register; maintainers approve and roll back; owners decide who may." actions={mayInvite ? <Button variant="primary" size="sm" onClick={() => void setIsInviting(true)}>Invite</Button> : undefined} flush>
        <QuerySection query={query} title="The members could not be read">
          {(members) => (
            <ul className="text-table">
              {members.map((member) => (
                <MemberRow key={member.userId} member={member} isOwner={isOwner} isOnlyOwner={member.role === "owner" && members.filter((one) => one.role === "owner").length === 1} mayReset={isOwner && isAdmin} onRole={(next) => (next === "owner" ? show({ what: "owner", member }) : changeRole.run(member, next))}
                  onReset={() => show({ what: "reset", member })} onRemove={() => { remove.reset(); show({ what: "remove", member }); }} />
              ))}
            </ul>
          )}
        </QuerySection>
      </Section>
      {mayInvite && <Invitations project={project} />}
      {isInviting && mayInvite && <InviteDialog project={project} role={role} onClose={() => void setIsInviting(null)} onMade={() => void invitations.refetch()} />}
      {shown?.what === "reset" && <ResetDialog project={project} member={shown.member} onClose={close} />}
      {shown?.what === "owner" && (
        <OwnerDialog name={shown.member.name} pending={changeRole.pending} onConfirm={() => changeRole.run(shown.member, "owner")} onClose={close} />
      )}
      {shown?.what === "remove" && (
        <ConfirmDialog open onOpenChange={(open) => !open && close()} verb="Remove" name={shown.member.name} danger error={remove.error?.message}
          consequence="They lose this project at once, and so do the tokens they made in it. Their account and what they logged stay." onConfirm={() => remove.mutate({ project, userId: shown.member.userId })} />
      )}
    </div>
  );
}
