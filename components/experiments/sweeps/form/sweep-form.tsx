"use client";

import { useMutation } from "@tanstack/react-query";
import { Rocket } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { fieldOf, fieldWords } from "@/components/trpc/field-of";
import { Button, ButtonLink } from "@/components/ui/actions/button";
import { Notice } from "@/components/ui/feedback/notice";
import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import { Section } from "@/components/ui/layout/section";
import type { RecipeView } from "@/server/domains/experiments/contract/recipe";
import { InputField } from "../../launch/input-field";
import { sweepHref } from "../view/sweep-words";
import { type MethodFieldsProps, ObjectiveFields, SearchFields } from "./method-fields";
import { SpaceSection } from "./space-section";
import { startSweepDraft, type SweepDraft, sweepInputOf, withMetric } from "./sweep-draft";
import { formFieldOf, hasField, sweepFaults } from "./sweep-faults";
import { SweepSummaryPanel } from "./sweep-summary-panel";
import { useSweepChoices } from "./use-sweep-choices";

export function SweepForm({ project, recipe }: { project: string; recipe: RecipeView }) {
  const trpc = useTRPC();
  const form = useId();
  const router = useRouter();
  const [draft, setDraft] = useState<SweepDraft>(() => startSweepDraft(recipe));
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const launch = useMutation(trpc.experiments.launchSweep.mutationOptions({ onSuccess: ({ sweepId }) => router.push(sweepHref(project, sweepId)) }));
  const choices = useSweepChoices(project, recipe);
  const faults = sweepFaults(recipe, draft);
  const refusedField = launch.error ? formFieldOf(recipe, draft, fieldOf(launch.error) ?? "") : null;
  const isAtField = refusedField !== null && hasField(recipe, draft, refusedField);
  const faultOf = (field: string) => (touched.has("*") || touched.has(field) ? faults.get(field) : undefined) ?? (launch.error && refusedField === field ? fieldWords(launch.error) : undefined);

  function change(field: string, next: Partial<SweepDraft>) {
    setDraft({ ...draft, ...next });
    setTouched(new Set([...touched, field]));
    if (launch.error) launch.reset();
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setTouched(new Set(["*"]));
    if (launch.isPending) return;
    if (faults.size === 0) return launch.mutate({ project, ...sweepInputOf(recipe, draft) });
    const fields = event.currentTarget;
    // The fields say what is wrong once React has written it.
    requestAnimationFrame(() => fields.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
  }

  const method: MethodFieldsProps = { draft, ...choices, faultOf, onChange: change, onMetric: (metric) => change("objective.metric", withMetric(recipe, draft, metric)) };
  const setLaunch = (field: string, next: Partial<SweepDraft["launch"]>) => change(field, { launch: { ...draft.launch, ...next } });
  return (
    <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_minmax(20rem,26rem)]">
      <form id={form} onSubmit={submit} noValidate className="grid grid-cols-1 gap-4">
        {Object.keys(recipe.definition.inputs).length > 0 && (
          <Section title="Inputs">
            <div className="grid max-w-xl gap-4">
              {Object.entries(recipe.definition.inputs).map(([name, input]) => (
                <InputField key={name} project={project} name={name} input={input} value={draft.launch.inputs[name] ?? ""} fault={faultOf(`inputs.${name}`)} onChange={(value) => setLaunch(`inputs.${name}`, { inputs: { ...draft.launch.inputs, [name]: value } })} />
              ))}
            </div>
          </Section>
        )}
        <SpaceSection recipe={recipe} draft={draft} faultOf={faultOf} onChange={change} />
        <ObjectiveFields {...method} />
        <SearchFields {...method} />
        <Section title="Sweep">
          <div className="grid max-w-xl gap-4">
            <Field label="Name" error={faultOf("name")} required>
              {(control) => <Input {...control} autoComplete="off" maxLength={150} value={draft.name} onChange={(event) => change("name", { name: event.target.value })} />}
            </Field>
            <Field label="Experiment" help="It is made if there is none of this name." error={faultOf("experiment")}>
              {(control) => <Input {...control} autoComplete="off" maxLength={500} value={draft.launch.experiment} onChange={(event) => setLaunch("experiment", { experiment: event.target.value })} />}
            </Field>
          </div>
        </Section>
      </form>
      <SweepSummaryPanel
        recipe={recipe}
        draft={draft}
        actions={
          <>
            {launch.error && !isAtField && <Notice tone="failed">{launch.error.message} What you filled in is kept.</Notice>}
            <div className="flex items-center gap-2">
              <Button type="submit" form={form} variant="primary" size="lg" icon={<Rocket />} pending={launch.isPending}>
                Launch sweep
              </Button>
              <ButtonLink href={`/${project}/experiments/launch?recipe=${recipe.name}`} variant="ghost" size="lg">
                One run instead
              </ButtonLink>
            </div>
          </>
        }
      />
    </div>
  );
}
