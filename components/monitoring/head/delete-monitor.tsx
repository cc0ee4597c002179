"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useMay } from "@/components/trpc/use-may";
import { Button } from "@/components/ui/actions/button";
import { ConfirmDialog } from "@/components/ui/overlays/confirm-dialog";

/** What a monitor has judged goes with it; the model and its inference log stay. */
export function DeleteMonitor({ project, name }: { project: string; name: string }) {
  const trpc = useTRPC();
  const router = useRouter();
  const mayDelete = useMay(project, "maintainer");
  const [isAsking, setIsAsking] = useState(false);
  const remove = useMutation(trpc.monitoring.deleteMonitor.mutationOptions({ onSuccess: () => router.push(`/${project}/monitoring`) }));
  if (!mayDelete) return null;
  return (
    <>
      <Button variant="ghost" onClick={() => setIsAsking(true)}>Delete…</Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setIsAsking}
        verb="Delete"
        name={name}
        danger
        typeToConfirm
        error={remove.error?.message}
        consequence="Its rules, windows and alerts are gone for good. The model keeps serving, and what it was asked stays in the log."
        onConfirm={() => remove.mutateAsync({ project, name }).then(() => undefined, () => undefined)}
      />
    </>
  );
}
