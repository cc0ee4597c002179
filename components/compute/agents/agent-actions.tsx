"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CirclePause, CirclePlay, Ellipsis, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { useMay } from "@/components/trpc/use-may";
import { IconButton } from "@/components/ui/actions/icon-button";
import { notify } from "@/components/ui/feedback/notify";
import { ConfirmDialog } from "@/components/ui/overlays/confirm-dialog";
import { Menu } from "@/components/ui/overlays/menu";
import type { AgentSummary } from "@/server/domains/compute/contract/agent";
import { messageOf } from "../failure";
import { CordonAgent } from "./cordon-agent";

export type AgentActionsProps = { project: string; agent: AgentSummary };

/** For instance admins: hold an agent back, let it go on, take it away. */
export function AgentActions({ project, agent }: AgentActionsProps) {
  const isAdmin = useMay(project, "admin");
  const client = useTRPCClient();
  const trpc = useTRPC();
  const cache = useQueryClient();
  const router = useRouter();
  const [open, setOpen] = useState<"cordon" | "remove" | null>(null);
  const readAgain = () => cache.invalidateQueries({ queryKey: trpc.compute.pathKey() });
  const uncordon = useMutation({
    mutationFn: () => client.compute.uncordonAgent.mutate({ agentId: agent.id }),
    onSuccess: () => notify.success(`${agent.name} takes jobs again`),
    onError: (error) => notify.error("Not uncordoned", { description: messageOf(error) }),
    onSettled: readAgain,
  });
  const remove = useMutation({
    mutationFn: () => client.compute.removeAgent.mutate({ agentId: agent.id }),
    onSuccess: async () => {
      setOpen(null);
      notify.success(`${agent.name} removed`);
      router.push(`/${project}/compute`);
      await readAgain();
    },
  });
  if (!isAdmin) return null;
  return (
    <>
      <Menu
        label={`Actions on ${agent.name}`}
        align="end"
        trigger={<IconButton label={`Actions on ${agent.name}`} icon={<Ellipsis />} />}
        items={[
          agent.cordonReason !== null || agent.state === "cordoned"
            ? { label: "Uncordon", icon: <CirclePlay />, onSelect: () => uncordon.mutate() }
            : { label: "Cordon", icon: <CirclePause />, hint: "nothing new", onSelect: () => setOpen("cordon") },
          { kind: "separator" },
          { label: "Remove", icon: <Trash2 />, danger: true, onSelect: () => setOpen("remove") },
        ]}
      />
      <CordonAgent agent={agent} open={open === "cordon"} onOpenChange={(next) => setOpen(next ? "cordon" : null)} onDone={readAgain} />
      <ConfirmDialog
        open={open === "remove"}
        onOpenChange={(next) => setOpen(next ? "remove" : null)}
        verb="Remove"
        name={agent.name}
        consequence="Its identity is taken away and it can't come back with it; jobs it runs are queued again when their leases end. To use the host again, enrol it anew."
        danger
        typeToConfirm
        error={remove.error ? messageOf(remove.error) : undefined}
        onConfirm={() => remove.mutateAsync().then(() => undefined, () => undefined)}
      />
    </>
  );
}
