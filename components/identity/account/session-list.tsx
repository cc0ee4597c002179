"use client";

import { useMutation } from "@tanstack/react-query";
import { signOut } from "@/components/identity/submit-credentials";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/actions/button";
import { Badge } from "@/components/ui/feedback/badge";
import { notify } from "@/components/ui/feedback/notify";
import { Section } from "@/components/ui/layout/section";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { SessionView } from "@/server/platform/identity/contract";
import { deviceOf } from "./device-of";

/** Every browser that is signed in, with its end in reach. */
export function SessionList({ sessions, onChanged }: { sessions: readonly SessionView[]; onChanged: () => void }) {
  const trpc = useTRPC();
  const handlers = { onSuccess: onChanged, onError: (error: { message: string }) => notify.error("That was refused", { description: error.message }) };
  const revoke = useMutation(trpc.identity.revokeSession.mutationOptions(handlers));
  const revokeOthers = useMutation(trpc.identity.revokeSessions.mutationOptions(handlers));
  const revokeAll = useMutation(trpc.identity.revokeSessions.mutationOptions({ ...handlers, onSuccess: () => window.location.assign("/sign-in") }));
  const others = sessions.filter((session) => !session.isThis).length;
  const actions = (
    <>
      {others > 0 && <Button size="sm" pending={revokeOthers.isPending} onClick={() => revokeOthers.mutate({ keepThis: true })}>Sign out the others</Button>}
      <Button size="sm" variant="danger" pending={revokeAll.isPending} onClick={() => revokeAll.mutate({ keepThis: false })}>Sign out everywhere</Button>
    </>
  );
  return (
    <Section className="lg:col-span-2" title="Sessions" description="A session ends by itself after two weeks. One that is signed out here is refused from its next request." actions={actions} flush>
      <ul className="text-table">
        {sessions.map((session) => (
          <li key={session.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 border-line border-b px-4 py-2 last:border-b-0">
            <span className="min-w-0 flex-1 basis-56 font-medium" data-tip={session.userAgent ?? undefined}>{deviceOf(session.userAgent)} {session.isThis && <Badge tone="accent">this browser</Badge>}</span>
            <span className="text-muted">signed in <RelativeTime at={session.createdAt} /> · seen <RelativeTime at={session.lastSeenAt} /> · ends <RelativeTime at={session.expiresAt} /></span>
            <Button size="sm" aria-label={`Sign out ${deviceOf(session.userAgent)}${session.isThis ? ", this browser" : ""}`} pending={revoke.isPending && revoke.variables?.sessionId === session.id} onClick={() => (session.isThis ? void signOut() : revoke.mutate({ sessionId: session.id }))}>Sign out</Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
