"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId } from "react";
import { useForm } from "react-hook-form";
import { useTRPC } from "@/components/trpc/client";
import { fieldOf } from "@/components/trpc/field-of";
import { Button } from "@/components/ui/actions/button";
import { Notice } from "@/components/ui/feedback/notice";
import { Checkbox } from "@/components/ui/forms/checkbox";
import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import { Dialog } from "@/components/ui/overlays/dialog";
import { type AlertEvent, alertEvents, type ChannelView, WebhookConfig } from "@/server/domains/monitoring/contract/channel";
import { issueWords } from "@/server/platform/issues/rules/issue-words";
import { eventWords } from "./event-words";

type Values = { name: string; url: string; scope: "all" | "some"; monitors: string[]; events: AlertEvent[]; isEnabled: boolean };

type Props = { project: string; channel: ChannelView | null; onClose: () => void; onMade: (channel: { name: string }, secret: string) => void };

const valuesOf = (channel: ChannelView | null): Values => ({
  name: channel?.name ?? "", url: channel?.url ?? "", scope: channel && channel.monitors.length > 0 ? "some" : "all", monitors: channel?.monitors ?? [],
  events: channel?.events ?? [...alertEvents], isEnabled: channel?.isEnabled ?? true,
});

/** Makes a channel, or changes one; a made one hands its secret on. */
export function ChannelDialog({ project, channel, onClose, onMade }: Props) {
  const trpc = useTRPC();
  const formId = useId();
  const client = useQueryClient();
  const monitors = useQuery(trpc.monitoring.listMonitors.queryOptions({ project }));
  const form = useForm<Values>({ defaultValues: valuesOf(channel) });
  const { register, handleSubmit, watch, formState } = form;
  const refresh = () => void client.invalidateQueries({ queryKey: trpc.monitoring.listChannels.queryKey({ project }) });
  const create = useMutation(trpc.monitoring.createChannel.mutationOptions({ onSuccess: (made) => { refresh(); onMade(made, made.secret); } }));
  const update = useMutation(trpc.monitoring.updateChannel.mutationOptions({ onSuccess: () => { refresh(); onClose(); } }));
  const submit = handleSubmit(({ name, url, scope, monitors: chosen, events, isEnabled }) => {
    const told = { project, name, config: { url }, monitors: scope === "all" ? [] : chosen, events };
    if (channel) update.mutate({ ...told, channelId: channel.id, isEnabled });
    else create.mutate(told);
  });
  const failure = create.error ?? update.error;
  const refused = fieldOf(failure);
  const field = refused === "name" ? "name" : refused?.startsWith("config") ? "url" : null;
  const isSome = watch("scope") === "some";
  // A monitor that is gone stays to be unticked.
  const names = [...new Set([...(monitors.data ?? []).map((monitor) => monitor.name), ...(channel?.monitors ?? [])])].sort();
  return (
    <Dialog open onOpenChange={(next) => !next && onClose()} title={channel ? `Edit ${channel.name}` : "New channel"} description="Each alert is posted to the URL as signed JSON."
      footer={<><Button onClick={onClose}>Cancel</Button><Button variant="primary" pending={create.isPending || update.isPending} type="submit" form={formId}>{channel ? "Save" : "Make the channel"}</Button></>}>
      <form id={formId} onSubmit={submit} className="grid gap-4" noValidate>
        {failure && field === null && <Notice tone="failed">{failure.message}</Notice>}
        <Field label="Name" error={formState.errors.name?.message ?? (field === "name" ? failure?.message : undefined)} required>{(control) => <Input {...control} autoFocus {...register("name", { required: "A name." })} />}</Field>
        <Field label="URL" help="http or https. Inner addresses are refused unless the installation allows them." error={formState.errors.url?.message ?? (field === "url" ? failure?.message : undefined)} required>
          {(control) => <Input {...control} type="url" placeholder="https://example.org/hook" {...register("url", { required: "Where to send to.", validate: (url) => WebhookConfig.safeParse({ url }, { error: issueWords }).error?.issues[0]?.message ?? true })} />}
        </Field>
        <fieldset className="grid gap-1">
          <legend className="mb-1 text-label text-muted">Tells of</legend>
          {alertEvents.map((event) => <Checkbox key={event} label={eventWords[event]} value={event} {...register("events", { validate: (chosen) => chosen.length > 0 || "At least one." })} />)}
          {formState.errors.events && <p role="alert" className="text-failed text-label">{formState.errors.events.message}</p>}
        </fieldset>
        <fieldset className="grid gap-1">
          <legend className="mb-1 text-label text-muted">From</legend>
          <label className="inline-flex min-h-6 items-center gap-2 text-table"><input type="radio" className="accent-accent" value="all" {...register("scope")} />all monitors, also later ones</label>
          <label className="inline-flex min-h-6 items-center gap-2 text-table"><input type="radio" className="accent-accent" value="some" {...register("scope")} />only these</label>
          {isSome && (
            <div className="grid gap-1 pl-6">
              {names.map((name) => <Checkbox key={name} label={name} value={name} {...register("monitors", { validate: (chosen, values) => values.scope === "all" || chosen.length > 0 || "Choose a monitor." })} />)}
              {names.length === 0 && <p className="text-label text-muted">There is no monitor yet.</p>}
              {formState.errors.monitors && <p role="alert" className="text-failed text-label">{formState.errors.monitors.message}</p>}
            </div>
          )}
        </fieldset>
        {channel && <Checkbox label="On" {...register("isEnabled")} />}
      </form>
    </Dialog>
  );
}
