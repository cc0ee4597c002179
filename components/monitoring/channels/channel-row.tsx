"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/actions/button";
import { IconButton } from "@/components/ui/actions/icon-button";
import { notify } from "@/components/ui/feedback/notify";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { Disclosure } from "@/components/ui/layout/disclosure";
import { Menu } from "@/components/ui/overlays/menu";
import { alertEvents, type ChannelView } from "@/server/domains/monitoring/contract/channel";
import { MoreHorizontal } from "lucide-react";
import { sentenceCase } from "../measure-words";
import { Deliveries } from "./deliveries";
import { deliveryAnswer, deliveryState } from "./delivery-words";
import { eventWord } from "./event-words";
import { TestOutcome } from "./test-outcome";

type Props = { project: string; channel: ChannelView; mayManage: boolean; onEdit: () => void; onRemove: () => void; onSecret: (secret: string) => void };

function scopeWords({ monitors, events }: ChannelView): string {
  const from = monitors.length === 0 ? "all monitors" : monitors.join(", ");
  return `${events.length === alertEvents.length ? "everything" : events.map(eventWord).join(", ")} of ${from}`;
}

function stateOf({ isEnabled, lastDelivery }: ChannelView): { state: string; word: string } {
  if (!isEnabled) return { state: "paused", word: "off" };
  if (!lastDelivery) return { state: "idle", word: "nothing sent yet" };
  return deliveryState(lastDelivery);
}

export function ChannelRow({ project, channel, mayManage, onEdit, onRemove, onSecret }: Props) {
  const trpc = useTRPC();
  const [tested, setTested] = useState<string | null>(null);
  const onError = (error: { message: string }) => notify.error("That was refused", { description: error.message });
  const test = useMutation(trpc.monitoring.testChannel.mutationOptions({ onSuccess: ({ deliveryId }) => setTested(deliveryId), onError }));
  const rotate = useMutation(trpc.monitoring.rotateChannelSecret.mutationOptions({ onSuccess: ({ secret }) => onSecret(secret), onError }));
  const update = useMutation(trpc.monitoring.updateChannel.mutationOptions({ onError }));
  const items = [
    { label: "Edit…", onSelect: onEdit },
    { label: channel.isEnabled ? "Turn off" : "Turn on", onSelect: () => update.mutate({ project, channelId: channel.id, isEnabled: !channel.isEnabled }) },
    { label: "New secret", onSelect: () => rotate.mutate({ project, channelId: channel.id }) },
    { kind: "separator" as const },
    { label: "Remove…", danger: true, onSelect: onRemove },
  ];
  return (
    <li className="border-line border-b px-4 py-2.5 last:border-b-0" aria-label={channel.name}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <div className="min-w-0 flex-1 basis-72">
          <p className="flex flex-wrap items-center gap-x-3"><span className="font-medium text-table">{channel.name}</span><StateBadge {...stateOf(channel)} reason={channel.lastDelivery ? sentenceCase(deliveryAnswer(channel.lastDelivery)) : undefined} /></p>
          <p className="truncate font-mono text-label text-muted" data-tip={channel.url}>{channel.url}</p>
          <p className="text-label text-muted first-letter:uppercase">{scopeWords(channel)}</p>
        </div>
        <Button size="sm" pending={test.isPending} onClick={() => test.mutate({ project, channelId: channel.id })}>Send a test</Button>
        {mayManage && <Menu label={`Actions for ${channel.name}`} align="end" items={items} trigger={<IconButton label={`Actions for ${channel.name}`} icon={<MoreHorizontal />} bordered />} />}
      </div>
      {tested && <TestOutcome project={project} channelId={channel.id} deliveryId={tested} />}
      <Disclosure summary="What was sent"><Deliveries project={project} channelId={channel.id} /></Disclosure>
    </li>
  );
}
