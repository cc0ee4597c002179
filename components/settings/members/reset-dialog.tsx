"use client";

import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/actions/button";
import { Notice } from "@/components/ui/feedback/notice";
import { Dialog } from "@/components/ui/overlays/dialog";
import { CodeBlock } from "@/components/ui/text/code-block";

type Props = { project: string; member: { userId: string; name: string }; onClose: () => void };

/** An admin's link for a member who forgot the password; there is no mail to send it by. */
export function ResetDialog({ project, member, onClose }: Props) {
  const trpc = useTRPC();
  const reset = useMutation(trpc.identity.createPasswordReset.mutationOptions());
  const url = reset.data?.url;
  return (
    <Dialog open onOpenChange={(next) => !next && onClose()} title={url ? "The reset link, shown once" : `Reset the password of ${member.name}?`}
      description={url ? "Hand it over yourself: it works once, for a day." : "Behind a one-time link they choose a new password. The old one works until then; all their sessions end as they use it."}
      footer={url ? <Button variant="primary" onClick={onClose}>Done</Button> : <><Button onClick={onClose}>Cancel</Button><Button variant="primary" pending={reset.isPending} onClick={() => reset.mutate({ project, userId: member.userId })}>Make the link</Button></>}>
      {url && <CodeBlock title="Reset link" code={url} wrap />}
      {reset.error && <Notice tone="failed">{reset.error.message}</Notice>}
    </Dialog>
  );
}
