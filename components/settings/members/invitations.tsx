"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/actions/button";
import { notify } from "@/components/ui/feedback/notify";
import { Section } from "@/components/ui/layout/section";
import { RelativeTime } from "@/components/ui/text/relative-time";
import { roleLabel } from "../role-options";

/** Links that nobody has used yet. */
export function Invitations({ project }: { project: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.identity.listInvitations.queryOptions({ project }));
  const revoke = useMutation(
    trpc.identity.revokeInvitation.mutationOptions({
      onSuccess: () => {
        notify.success("The invitation is revoked");
        void query.refetch();
      },
      onError: (error) => notify.error("That was refused", { description: error.message }),
    }),
  );
  if (!query.data || query.data.length === 0) return null;
  return (
    <Section title="Open invitations" description="A link works once and expires by itself. What it says is shown only when it is made." flush>
      <ul className="text-table">
        {query.data.map((invitation) => (
          <li key={invitation.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 border-line border-b px-4 py-2 last:border-b-0">
            <div className="min-w-0 flex-1 basis-52">
              <p><span className="font-medium">{invitation.email ?? "Whoever has the link"}</span>{invitation.role && <span className="ml-3">{roleLabel(invitation.role)}</span>}</p>
              <p className="text-muted">by {invitation.by ?? "this installation"} <RelativeTime at={invitation.createdAt} /> · expires <RelativeTime at={invitation.expiresAt} /></p>
            </div>
            <Button size="sm" variant="danger" pending={revoke.isPending && revoke.variables?.linkId === invitation.id} onClick={() => revoke.mutate({ project, linkId: invitation.id })}>Revoke</Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
