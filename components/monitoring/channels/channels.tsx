"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsBoolean, useQueryState } from "nuqs";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { QuerySection } from "@/components/trpc/query-section";
import { Button } from "@/components/ui/actions/button";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { TableSkeleton } from "@/components/ui/feedback/skeletons";
import { Section } from "@/components/ui/layout/section";
import type { ChannelView } from "@/server/domains/monitoring/contract/channel";
import { ChannelDialog } from "./channel-dialog";
import { ChannelRow } from "./channel-row";
import { RemoveChannel } from "./remove-channel";
import { SecretDialog } from "./secret-dialog";

type Shown = { what: "edit" | "remove"; channel: ChannelView } | { what: "secret"; channel: { name: string }; secret: string };

/** Where a project's alerts go. Whoever may not change them sees them and what was sent. */
export function Channels({ project, mayManage }: { project: string; mayManage: boolean }) {
  const trpc = useTRPC();
  const [shown, show] = useState<Shown | null>(null);
  const [isNew, setIsNew] = useQueryState("new", parseAsBoolean.withDefault(false));
  const options = trpc.monitoring.listChannels.queryOptions({ project });
  const query = useQuery(options);
  useLive(["channels"], [options.queryKey]);
  const close = () => {
    show(null);
    void setIsNew(null);
  };
  const onMade = (channel: { name: string }, secret: string) => {
    close();
    show({ what: "secret", channel, secret });
  };
  const add = mayManage ? <Button variant="primary" size="sm" onClick={() => void setIsNew(true)}>New channel</Button> : undefined;
  return (
    <Section title="Channels" description="Alerts are sent here as signed webhooks (Standard Webhooks), at least once, with an id that stays the same." actions={query.data?.length === 0 ? undefined : add} flush>
      <QuerySection query={query} title="The channels could not be read" loading={<TableSkeleton rows={2} columns={4} />}>
        {(channels) =>
          channels.length === 0 ? (
            <EmptyState title="Alerts go nowhere yet" action={mayManage ? <Button onClick={() => void setIsNew(true)}>New channel</Button> : undefined}>
              A channel posts each alert to a URL of yours: a chat's webhook, a pager, a script.
            </EmptyState>
          ) : (
            <ul>
              {channels.map((channel) => (
                <ChannelRow key={channel.id} project={project} channel={channel} mayManage={mayManage} onEdit={() => show({ what: "edit", channel })} onRemove={() => show({ what: "remove", channel })} onSecret={(secret) => show({ what: "secret", channel, secret })} />
              ))}
            </ul>
          )
        }
      </QuerySection>
      {shown?.what === "edit" && <ChannelDialog project={project} channel={shown.channel} onClose={close} onMade={onMade} />}
      {isNew && mayManage && !shown && <ChannelDialog project={project} channel={null} onClose={close} onMade={onMade} />}
      {shown?.what === "remove" && <RemoveChannel project={project} channel={shown.channel} onClose={close} />}
      {shown?.what === "secret" && <SecretDialog name={shown.channel.name} secret={shown.secret} onClose={close} />}
    </Section>
  );
}
