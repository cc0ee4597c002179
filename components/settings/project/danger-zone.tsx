"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/actions/button";
import { Section } from "@/components/ui/layout/section";
import { ConfirmDialog } from "@/components/ui/overlays/confirm-dialog";

/** Archiving is the only way out: it hides and silences, deletes nothing, and can be taken back. */
export function DangerZone({ project, isAdmin }: { project: { slug: string; name: string }; isAdmin: boolean }) {
  const trpc = useTRPC();
  const [isAsking, setIsAsking] = useState(false);
  const archive = useMutation(trpc.identity.archiveProject.mutationOptions({ onSuccess: () => window.location.assign("/") }));
  return (
    <Section title="Danger zone" className="border-failed/40">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <p className="min-w-0 flex-1 basis-72">
          Archive this project: nobody can open it, its tokens are refused, its endpoints stop answering. Nothing is deleted, and {isAdmin ? "you can restore it on this page of any other project" : "an admin of the installation can restore it"}.
        </p>
        <Button variant="danger" onClick={() => setIsAsking(true)}>Archive the project…</Button>
      </div>
      <ConfirmDialog open={isAsking} onOpenChange={setIsAsking} verb="Archive" name={project.slug} typeToConfirm danger error={archive.error?.message}
        consequence="People, tokens, clients and endpoints of this project are refused from this moment. Jobs that run end by themselves. All data is kept until an admin restores the project."
        onConfirm={() => archive.mutate({ project: project.slug, slug: project.slug })} />
    </Section>
  );
}
