"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { fieldOf } from "@/components/trpc/field-of";
import { Button } from "@/components/ui/actions/button";
import { Notice } from "@/components/ui/feedback/notice";
import { notify } from "@/components/ui/feedback/notify";
import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import { Segmented } from "@/components/ui/forms/segmented";
import { Select } from "@/components/ui/forms/select";
import { Dialog } from "@/components/ui/overlays/dialog";
import type { GateProposal, ModelView } from "@/server/domains/models/contract";
import { noGateWords } from "../gate/gate-words";

export type LoggedModelChoice = { id: string; name: string };
export type RegisterDialogProps = {
  project: string;
  models: readonly LoggedModelChoice[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** `suite` is null while nobody chose: then the proposed one stands. */
type Draft = { loggedModelId: string | null; isNew: boolean; name: string; description: string; suite: string | null; service: string };
type PartProps = { project: string; draft: Draft; onChange: (change: Partial<Draft>) => void };

const emptyDraft: Draft = { loggedModelId: null, isNew: false, name: "", description: "", suite: null, service: "" };

const suiteOf = (draft: Draft, proposal: GateProposal | undefined): string => draft.suite ?? proposal?.suites[0] ?? "";

function gateHelp(suite: string, proposal: GateProposal | undefined): string {
  const isProposed = suite !== "" && proposal?.suites[0] === suite;
  if (isProposed) return `What a version must pass before it serves. Proposed: it asks about ${proposal.dataset}, which this version was trained on.`;
  if (suite !== "") return "What a version must pass before it serves.";
  return proposal?.dataset === null ? `${noGateWords} The run names no one dataset of the catalog, so no suite could judge this version.` : noGateWords;
}

type NewModelProps = PartProps & { proposal: GateProposal | undefined; nameError: string | undefined };

function NewModelFields({ project, draft, proposal, nameError, onChange }: NewModelProps) {
  const trpc = useTRPC();
  const suite = suiteOf(draft, proposal);
  const { data: suites } = useQuery(trpc.evaluations.listSuites.queryOptions({ project }));
  const { data: services } = useQuery(trpc.catalog.listDefinitions.queryOptions({ project, kind: "feature_service" }));
  const named = (items: readonly { name: string }[] = []) => items.map(({ name }) => ({ value: name, label: name }));
  return (
    <>
      <Field label="Name" help="What callers ask for: /v2/models/<name>/infer." error={nameError} required>
        {(control) => <Input {...control} autoComplete="off" maxLength={256} placeholder="flight-delay" value={draft.name} onChange={(event) => onChange({ name: event.target.value })} />}
      </Field>
      <Field label="Gate" help={gateHelp(suite, proposal)}>
        {(control) => <Select {...control} placeholder="No gate" options={named(suites)} value={suite} onChange={(event) => onChange({ suite: event.target.value })} />}
      </Field>
      <Field label="Features from" help="The feature service that completes a request of keys from the online store.">
        {(control) => <Select {...control} placeholder="the request itself" options={named(services)} value={draft.service} onChange={(event) => onChange({ service: event.target.value })} />}
      </Field>
    </>
  );
}

function KnownModelField({ known, draft, onChange }: Omit<PartProps, "project"> & { known: readonly ModelView[] }) {
  const chosen = known.find(({ name }) => name === draft.name) ?? known[0];
  return (
    <Field label="Model" help={chosen ? `It becomes version ${(chosen.latestVersion ?? 0) + 1}. ${chosen.suite ? `Gate: suite ${chosen.suite}.` : noGateWords}` : undefined}>
      {(control) => <Select {...control} options={known.map(({ name }) => ({ value: name, label: name }))} value={chosen?.name ?? ""} onChange={(event) => onChange({ name: event.target.value })} />}
    </Field>
  );
}

/** Gives a logged model a name and a number. What can't be served is refused here, with the reason. */
export function RegisterDialog({ project, models, open, onOpenChange }: RegisterDialogProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const form = useId();
  const [draft, setDraft] = useState(emptyDraft);
  const onChange = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const { data } = useQuery(trpc.models.listModels.queryOptions({ project, limit: 1_000 }, { enabled: open }));
  const known = data?.models ?? [];
  const isNew = draft.isNew || known.length === 0;
  const name = isNew ? draft.name.trim() : known.some((model) => model.name === draft.name) ? draft.name : (known[0]?.name ?? "");
  const loggedModelId = draft.loggedModelId ?? models.at(-1)?.id ?? null;
  const { data: proposal } = useQuery(trpc.models.proposeGate.queryOptions({ project, loggedModelId: loggedModelId ?? "" }, { enabled: open && isNew && loggedModelId !== null }));
  const isRead = data !== undefined && (!isNew || loggedModelId === null || proposal !== undefined);
  const register = useMutation(
    trpc.models.registerVersion.mutationOptions({
      onSuccess: ({ model, version }) => {
        notify.success(`${model} v${version} is registered`);
        onOpenChange(false);
        setDraft(emptyDraft);
        router.push(`/${project}/models/${encodeURIComponent(model)}?version=${version}`);
      },
    }),
  );

  const isNameRefused = isNew && fieldOf(register.error) === "name";

  function submit(event: FormEvent) {
    event.preventDefault();
    if (name === "" || register.isPending) return;
    const newModel = isNew ? { suite: suiteOf(draft, proposal) || null, service: draft.service || null } : null;
    register.mutate({ project, name, loggedModelId, description: draft.description, newModel });
  }

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (!next) register.reset();
        onOpenChange(next);
      }}
      title="Register a version"
      description="Its files are read first: ONNX that is sound and has the inputs of its signature can serve."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" disabled={name === "" || !isRead} pending={register.isPending}>Register</Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="grid gap-4">
        {models.length > 1 && (
          <Field label="Logged model">
            {(control) => <Select {...control} options={models.map((model) => ({ value: model.id, label: `${model.name} (${model.id.slice(0, 10)}…)` }))} value={loggedModelId ?? ""} onChange={(event) => onChange({ loggedModelId: event.target.value })} />}
          </Field>
        )}
        {known.length > 0 && (
          <Segmented label="Of which model" options={[{ value: "known", label: "A version of a model" }, { value: "new", label: "A new model" }]} value={isNew ? "new" : "known"} onValueChange={(value) => onChange({ isNew: value === "new", name: "" })} />
        )}
        {/* Not before it is known whether there are models: fields must not be traded beneath the hand. */}
        {data && (isNew ? <NewModelFields project={project} draft={draft} proposal={proposal} nameError={isNameRefused ? register.error?.message : undefined} onChange={onChange} /> : <KnownModelField known={known} draft={draft} onChange={onChange} />)}
        <Field label="What is new in it" optional>
          {(control) => <Input {...control} autoComplete="off" maxLength={2_000} value={draft.description} onChange={(event) => onChange({ description: event.target.value })} />}
        </Field>
        {register.error && !isNameRefused && <Notice tone="failed">{register.error.message}</Notice>}
      </form>
    </Dialog>
  );
}
