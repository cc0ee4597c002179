"use client";

import { useMutation } from "@tanstack/react-query";
import { Rocket } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { fieldOf, fieldWords } from "@/components/trpc/field-of";
import { Button, ButtonLink } from "@/components/ui/actions/button";
import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import { Section } from "@/components/ui/layout/section";
import type { RecipeView } from "@/server/domains/experiments/contract/recipe";
import type { RunDetail } from "@/server/domains/experiments/contract/run";
import { runHref } from "../run-identity";
import { newSweepHref } from "../sweeps/view/sweep-words";
import { InputField } from "./input-field";
import { chosenOf, draftFaults, formFields, type LaunchDraft, launchInputOf, startDraft } from "./launch-draft";
import { type Forecast, LaunchPanel } from "./launch-panel";
import { ParameterField } from "./parameter-field";

export type LaunchFormProps = {
  project: string;
  recipe: RecipeView;
  from: RunDetail | null;
  forecast: (recipe: RecipeView, priority: number) => Forecast;
};

export function LaunchForm({ project, recipe, from, forecast }: LaunchFormProps) {
  const trpc = useTRPC();
  const form = useId();
  const router = useRouter();
  const [draft, setDraft] = useState<LaunchDraft>(() => startDraft(recipe, from));
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const launch = useMutation(
    trpc.experiments.launchRun.mutationOptions({ onSuccess: ({ runId }) => router.push(runHref(project, runId)) }),
  );
  const faults = draftFaults(recipe, draft);
  const refusedField = fieldOf(launch.error);
  const isAtField = refusedField !== null && formFields(recipe).has(refusedField);
  const faultOf = (field: string) =>
    (touched.has("*") || touched.has(field) ? faults.get(field) : undefined) ?? (launch.error && refusedField === field ? fieldWords(launch.error) : undefined);

  function change(field: string, next: Partial<LaunchDraft>) {
    setDraft({ ...draft, ...next });
    setTouched(new Set([...touched, field]));
    if (launch.error) launch.reset();
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setTouched(new Set(["*"]));
    if (launch.isPending) return;
    if (faults.size === 0) return launch.mutate({ project, ...launchInputOf(recipe, draft, from?.id ?? null) });
    const fields = event.currentTarget;
    // The fields say what is wrong once React has written it.
    requestAnimationFrame(() => fields.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
  }

  const { parameters, inputs } = recipe.definition;
  const actions = (
    <div className="flex items-center gap-2">
      <Button type="submit" form={form} variant="primary" size="lg" icon={<Rocket />} pending={launch.isPending}>
        Launch
      </Button>
      {Object.keys(recipe.definition.parameters.properties).length > 0 && (
        <ButtonLink href={newSweepHref(project, recipe.name)} size="lg">
          Sweep
        </ButtonLink>
      )}
      <ButtonLink href={`/${project}/experiments/launch`} variant="ghost" size="lg">
        Another recipe
      </ButtonLink>
    </div>
  );
  return (
    <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_minmax(20rem,26rem)]">
      <form id={form} onSubmit={submit} noValidate className="grid grid-cols-1 gap-4">
        {Object.keys(inputs).length > 0 && (
          <Section title="Inputs">
            <div className="grid max-w-xl gap-4">
              {Object.entries(inputs).map(([name, input]) => (
                <InputField
                  key={name}
                  project={project}
                  name={name}
                  input={input}
                  value={draft.inputs[name] ?? ""}
                  fault={faultOf(`inputs.${name}`)}
                  onChange={(value) => change(`inputs.${name}`, { inputs: { ...draft.inputs, [name]: value } })}
                />
              ))}
            </div>
          </Section>
        )}
        {Object.keys(parameters.properties).length > 0 && (
          <Section title="Parameters">
            <div className="grid max-w-xl gap-4">
              {Object.entries(parameters.properties).map(([name, schema]) => (
                <ParameterField
                  key={name}
                  name={name}
                  schema={schema}
                  required={parameters.required.includes(name)}
                  value={draft.parameters[name] ?? ""}
                  fault={faultOf(`parameters.${name}`)}
                  onChange={(value) => change(`parameters.${name}`, { parameters: { ...draft.parameters, [name]: value } })}
                />
              ))}
            </div>
          </Section>
        )}
        <RunFields draft={draft} faultOf={faultOf} onChange={change} />
      </form>
      <LaunchPanel project={project} recipe={recipe} chosen={chosenOf(recipe, draft)} from={from} forecast={forecast(recipe, Number(draft.priority) || 0)} actions={actions} refusal={launch.error && !isAtField ? launch.error.message : null} />
    </div>
  );
}

type RunFieldsProps = { draft: LaunchDraft; faultOf: (field: string) => string | undefined; onChange: (field: string, next: Partial<LaunchDraft>) => void };

function RunFields({ draft, faultOf, onChange }: RunFieldsProps) {
  return (
    <Section title="Run">
      <div className="grid max-w-xl gap-4">
        <Field label="Run name" optional help="Left empty, it gets a name of two words." error={faultOf("runName")}>
          {(control) => <Input {...control} autoComplete="off" maxLength={200} value={draft.runName} onChange={(event) => onChange("runName", { runName: event.target.value })} />}
        </Field>
        <Field label="Experiment" help="It is made if there is none of this name." error={faultOf("experiment")}>
          {(control) => <Input {...control} autoComplete="off" maxLength={500} value={draft.experiment} onChange={(event) => onChange("experiment", { experiment: event.target.value })} />}
        </Field>
        <Field label="Priority" help="Higher starts first, from −100 to 100." error={faultOf("priority")}>
          {(control) => (
            <Input {...control} type="number" min={-100} max={100} step={1} className="max-w-32" value={draft.priority} onChange={(event) => onChange("priority", { priority: event.target.value })} />
          )}
        </Field>
      </div>
    </Section>
  );
}
