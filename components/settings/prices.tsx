"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { fieldOf, fieldWords } from "@/components/trpc/field-of";
import { QuerySection } from "@/components/trpc/query-section";
import { Button } from "@/components/ui/actions/button";
import { IconButton } from "@/components/ui/actions/icon-button";
import { notify } from "@/components/ui/feedback/notify";
import { TableSkeleton } from "@/components/ui/feedback/skeletons";
import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import { Section } from "@/components/ui/layout/section";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { PricesView } from "@/server/domains/compute/contract/prices";

type Model = { id: number; model: string; perHour: string };
type Draft = { currency: string; cpuHour: string; gibHour: string; gpuHour: string; gpuModels: Model[] };

function draftOf(view: PricesView): Draft {
  if (!view) return { currency: "USD", cpuHour: "", gibHour: "", gpuHour: "", gpuModels: [] };
  const { currency, cpuHour, gibHour, gpuHour, gpuModels } = view.prices;
  return { currency, cpuHour: String(cpuHour), gibHour: String(gibHour), gpuHour: String(gpuHour), gpuModels: gpuModels.map(({ model, perHour }, id) => ({ id, model, perHour: String(perHour) })) };
}

/** An empty price is none. */
const amount = (text: string): number => Number(text.trim() || 0);

function usePriceForm(view: PricesView) {
  const trpc = useTRPC();
  const cache = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(view));
  const set = useMutation(
    trpc.compute.setPrices.mutationOptions({
      onSuccess: async ({ prices }) => {
        notify.success(prices ? "The prices are set" : "The prices are taken away");
        if (!prices) setDraft(draftOf(null));
        await cache.invalidateQueries({ queryKey: trpc.compute.getPrices.queryKey() });
      },
    }),
  );
  const save = () => {
    const { currency, cpuHour, gibHour, gpuHour, gpuModels } = draft;
    set.mutate({ prices: { currency: currency.trim().toUpperCase(), cpuHour: amount(cpuHour), gibHour: amount(gibHour), gpuHour: amount(gpuHour), gpuModels: gpuModels.map(({ model, perHour }) => ({ model, perHour: amount(perHour) })) } });
  };
  const refused = fieldOf(set.error);
  return {
    draft, set, save,
    change: (next: Partial<Draft>) => setDraft({ ...draft, ...next }),
    faultAt: (field: string) => (set.error && refused === `prices.${field}` ? fieldWords(set.error) : undefined),
  };
}

function PriceForm({ view }: { view: PricesView }) {
  const { draft, set, save, change, faultAt } = usePriceForm(view);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!set.isPending) save();
  }

  const price = (name: "cpuHour" | "gibHour" | "gpuHour", label: string, help?: string) => (
    <Field label={label} help={help} error={faultAt(name)}>
      {(control) => <Input {...control} inputMode="decimal" autoComplete="off" placeholder="0" suffix={draft.currency.toUpperCase()} value={draft[name]} onChange={(event) => change({ [name]: event.target.value })} />}
    </Field>
  );
  const changeModel = (id: number, next: Partial<Model>) => change({ gpuModels: draft.gpuModels.map((each) => (each.id === id ? { ...each, ...next } : each)) });
  return (
    <form onSubmit={submit} noValidate className="grid max-w-2xl gap-4">
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        <Field label="Currency" error={faultAt("currency")}>
          {(control) => <Input {...control} autoComplete="off" maxLength={3} value={draft.currency} onChange={(event) => change({ currency: event.target.value })} />}
        </Field>
        {price("cpuHour", "CPU-hour")}
        {price("gibHour", "GiB-hour")}
        {price("gpuHour", "GPU-hour")}
      </div>
      {draft.gpuModels.map(({ id, model, perHour }, index) => (
        <div key={id} className="grid grid-cols-[minmax(0,1fr)_minmax(0,9rem)_auto] items-end gap-3">
          <Field label="GPU model" error={faultAt(`gpuModels.${index}.model`)}>
            {(control) => <Input {...control} autoComplete="off" spellCheck={false} maxLength={100} placeholder={view?.gpuModels[0] ?? "H100"} value={model} onChange={(event) => changeModel(id, { model: event.target.value })} />}
          </Field>
          <Field label="Its GPU-hour" error={faultAt(`gpuModels.${index}.perHour`)}>
            {(control) => <Input {...control} inputMode="decimal" autoComplete="off" suffix={draft.currency.toUpperCase()} value={perHour} onChange={(event) => changeModel(id, { perHour: event.target.value })} />}
          </Field>
          <IconButton label={`Remove the price of ${model || "this model"}`} icon={<X />} onClick={() => change({ gpuModels: draft.gpuModels.filter((each) => each.id !== id) })} />
        </div>
      ))}
      {set.error && !fieldOf(set.error)?.startsWith("prices.") && <p role="alert" className="text-failed text-label">{set.error.message}</p>}
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" variant="primary" pending={set.isPending}>Set prices</Button>
        <Button icon={<Plus />} onClick={() => change({ gpuModels: [...draft.gpuModels, { id: Math.max(-1, ...draft.gpuModels.map((each) => each.id)) + 1, model: "", perHour: "" }] })}>GPU model</Button>
        {view && <Button variant="danger" disabled={set.isPending} onClick={() => set.mutate({ prices: null })}>Take away</Button>}
        {view && <span className="text-label text-muted">Set by {view.setBy}, <RelativeTime at={view.setAt} /></span>}
      </div>
    </form>
  );
}

/** For instance admins: what an hour of each resource costs. */
export function PriceSettings({ project }: { project: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.compute.getPrices.queryOptions({ project }));
  return (
    <Section title="Prices" description="Of the whole installation. From them come the cost of a launch before it starts and of runs and sweeps after; without prices nothing is said of cost. A model’s price goes by a part of its name.">
      <QuerySection query={query} title="The prices could not be read" loading={<TableSkeleton rows={2} columns={4} />}>
        {(view) => <PriceForm key={view ? "set" : "none"} view={view} />}
      </QuerySection>
    </Section>
  );
}
