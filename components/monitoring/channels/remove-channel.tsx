"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { notify } from "@/components/ui/feedback/notify";
import { ConfirmDialog } from "@/components/ui/overlays/confirm-dialog";
import type { ChannelView } from "@/server/domains/monitoring/contract/channel";

export function RemoveChannel({ project, channel, onClose }: { project: string; channel: ChannelView; onClose: () => void }) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const remove = useMutation(
    trpc.monitoring.deleteChannel.mutationOptions({
      onSuccess: () => {
        void client.invalidateQueries({ queryKey: trpc.monitoring.listChannels.queryKey({ project }) });
        notify.success(`${channel.name} is removed`);
        onClose();
      },
    }),
  );
  return (
    <ConfirmDialog open onOpenChange={(open) => !open && onClose()} verb="Remove" name={channel.name} danger error={remove.error?.message}
      consequence="No alert goes there any more, and the history of what was sent is lost. It can't be undone." onConfirm={() => remove.mutate({ project, channelId: channel.id })} />
  );
}
