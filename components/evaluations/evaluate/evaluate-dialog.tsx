"use client";

import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/actions/button";
import { Notice } from "@/components/ui/feedback/notice";
import { formatCount } from "@/components/ui/format/format-number";
import { Field } from "@/components/ui/forms/field";
import { Select } from "@/components/ui/forms/select";
import { KeyValues } from "@/components/ui/layout/key-values";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { Dialog } from "@/components/ui/overlays/dialog";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { EvaluationPlan } from "@/server/domains/evaluations/contract/evaluation";

/** What a gate stands on: only an evaluation by this suite on this dataset counts, so neither is offered for choice. */
export type AskedFor = { by: string; suite: string; datasetId: string };

export type EvaluateDialogProps = {
  project: string;
  /** The one to begin with; without it the newest of the project. */
  loggedModelId: string | null;
  askedFor?: AskedFor;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

type Choice = { suite: string; datasetId: string; recipe: string };
type FieldsProps = { plan: EvaluationPlan; modelId: string; choice: Choice; askedFor?: AskedFor; onModel: (id: string) => void; onChoice: (choice: Partial<Choice>) => void };

/** A model that bears its run's name is not called so twice. */
const modelLabel = ({ name, runName, createdAt }: EvaluationPlan["models"][number]) =>
  `${name}${runName && runName !== name ? ` of ${runName}` : ""}, ${createdAt.toISOString().slice(0, 16).replace("T", " ")}`;

/** What the plan proposes, under what the person has changed. */
function chosenOf({ chosen, suites, datasets }: EvaluationPlan, changed: Partial<Choice>, askedFor?: AskedFor): Choice {
  if (askedFor) return { suite: askedFor.suite, datasetId: askedFor.datasetId, recipe: changed.recipe ?? chosen.recipe ?? "" };
  const suite = changed.suite ?? chosen.suite ?? "";
  const own = suites.find(({ name }) => name === suite)?.dataset;
  const isKept = changed.suite === undefined || changed.suite === chosen.suite;
  const ofSuite = datasets.find(({ name }) => name === own)?.id;
  const datasetId = changed.datasetId ?? (isKept ? chosen.datasetId : ofSuite) ?? ofSuite ?? "";
  return { suite, datasetId, recipe: changed.recipe ?? chosen.recipe ?? "" };
}

/** What is evaluated on other examples than the suite's own can be compared with nothing. */
function ForeignDataset({ plan, choice }: { plan: EvaluationPlan; choice: Choice }) {
  const suite = plan.suites.find(({ name }) => name === choice.suite);
  const dataset = plan.datasets.find(({ id }) => id === choice.datasetId);
  if (!suite || !dataset || suite.dataset === dataset.name) return null;
  const fitting = plan.suites.find((other) => other.dataset === dataset.name);
  return (
    <Notice tone="warning">
      Suite {suite.name} asks about dataset {suite.dataset}. An evaluation on {dataset.name} stands beside others only where they hold the same examples{fitting ? `; its own suite is ${fitting.name}` : ""}.
    </Notice>
  );
}

function AskedFields({ plan, modelId, choice, askedFor }: Pick<FieldsProps, "plan" | "modelId" | "choice"> & { askedFor: AskedFor }) {
  const model = plan.models.find(({ id }) => id === modelId);
  const suite = plan.suites.find(({ name }) => name === choice.suite);
  const dataset = plan.datasets.find(({ id }) => id === choice.datasetId);
  return (
    <div className="grid gap-3">
      <p className="text-muted text-table">Asked for by {askedFor.by}: it judges by this suite, on the dataset that the version was trained on.</p>
      <KeyValues
        items={[
          { label: "Model", value: model ? modelLabel(model) : modelId },
          { label: "Suite", value: suite ? `${suite.name} v${suite.version}, split ${suite.split}` : choice.suite },
          { label: "Dataset", value: dataset ? `${dataset.name} v${dataset.version}, ${formatCount(dataset.rows)} rows` : choice.datasetId },
        ]}
      />
    </div>
  );
}

function Fields({ plan, modelId, choice, askedFor, onModel, onChoice }: FieldsProps) {
  const suite = plan.suites.find(({ name }) => name === choice.suite);
  const recipe = plan.recipes.find(({ name }) => name === choice.recipe);
  const datasets = plan.datasets.map(({ id, name, version, rows }) => ({ value: id, label: `${name} v${version}, ${formatCount(rows)} rows`, group: name === suite?.dataset ? "The suite's own" : "Others" }));
  return (
    <div className="grid gap-4">
      {askedFor ? (
        <AskedFields plan={plan} modelId={modelId} choice={choice} askedFor={askedFor} />
      ) : (
        <>
          <Field label="Model">
            {(control) => <Select {...control} options={plan.models.map((model) => ({ value: model.id, label: modelLabel(model) }))} value={modelId} onChange={(event) => onModel(event.target.value)} />}
          </Field>
          <Field label="Suite" help={suite ? `Asks about the rows of split ${suite.split}.${suite.description ? ` ${suite.description}` : ""}` : undefined}>
            {(control) => <Select {...control} options={plan.suites.map(({ name, version }) => ({ value: name, label: `${name} v${version}` }))} value={choice.suite} onChange={(event) => onChoice({ suite: event.target.value, datasetId: undefined })} />}
          </Field>
          <Field label="Dataset" help="With the features that the model takes. A gate asks for the one that the model was trained on.">
            {(control) => <Select {...control} options={datasets} value={choice.datasetId} onChange={(event) => onChoice({ datasetId: event.target.value })} />}
          </Field>
          <ForeignDataset plan={plan} choice={choice} />
        </>
      )}
      <Field label="Scored by" help={recipe?.description}>
        {(control) => <Select {...control} options={plan.recipes.map(({ name, version }) => ({ value: name, label: `recipe ${name} v${version}` }))} value={choice.recipe} onChange={(event) => onChoice({ recipe: event.target.value })} />}
      </Field>
    </div>
  );
}

function Known({ project, modelId, choice }: { project: string; modelId: string; choice: Choice }) {
  const trpc = useTRPC();
  const asked = { project, suite: choice.suite, loggedModelId: modelId, datasetId: choice.datasetId, limit: 1 };
  const { data } = useQuery(trpc.evaluations.listEvaluations.queryOptions(asked, { enabled: choice.suite !== "" && choice.datasetId !== "" }));
  const known = data?.evaluations[0];
  if (!known) return null;
  return (
    <Notice className="mt-4" action={<InlineLink href={`/${project}/evaluations/${known.id}`}>Open it</InlineLink>}>
      Evaluated so <RelativeTime at={known.createdAt} /> (suite v{known.suite.version}).
    </Notice>
  );
}

/** What is missing before anything can be evaluated, as a sentence; null when nothing is. */
function missingOf({ models, suites, datasets, recipes }: EvaluationPlan): string | null {
  if (models.length === 0) return "No run has logged a model yet: launch one from a recipe, or log one with MLflow's log_model.";
  if (suites.length === 0) return "There is no suite yet. It says which rows, label and slices are asked about: apply one with POST /api/v1/suites.";
  if (datasets.length === 0) return "There is no dataset yet: build the suite's from the catalog.";
  if (recipes.length === 0) return "No recipe can score a model. Register one that takes a logged model and a dataset, and writes example_scores.";
  return null;
}

export function EvaluateDialog({ project, loggedModelId, askedFor, open, onOpenChange }: EvaluateDialogProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const form = useId();
  const [pickedModel, setPickedModel] = useState<string | null>(null);
  const [changed, setChanged] = useState<Partial<Choice>>({});
  const wanted = pickedModel ?? loggedModelId;
  const { data: plan, error } = useQuery(trpc.evaluations.planEvaluation.queryOptions({ project, loggedModelId: wanted }, { enabled: open, placeholderData: keepPreviousData }));
  const evaluate = useMutation(
    trpc.evaluations.evaluateModel.mutationOptions({
      onSuccess: ({ evaluationId }) => {
        onOpenChange(false);
        router.push(`/${project}/evaluations/${evaluationId}`);
      },
    }),
  );
  const modelId = wanted ?? plan?.models[0]?.id ?? "";
  const choice = plan ? chosenOf(plan, changed, askedFor) : null;
  const missing = plan ? missingOf(plan) : null;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (choice && !evaluate.isPending) evaluate.mutate({ project, loggedModelId: modelId, suite: choice.suite, dataset: choice.datasetId, recipe: choice.recipe });
  }

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (!next) evaluate.reset();
        onOpenChange(next);
      }}
      title="Evaluate a model"
      description="A job scores it; its metrics, intervals and slices are computed when the scores are there."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" disabled={!choice || missing !== null} pending={evaluate.isPending}>Evaluate</Button>
        </>
      }
    >
      {error && <Notice tone="failed">{error.message}</Notice>}
      {missing !== null && <Notice>{missing}</Notice>}
      {plan && choice && missing === null && (
        <form id={form} onSubmit={submit}>
          <Fields plan={plan} modelId={modelId} choice={choice} askedFor={askedFor} onModel={(id) => { setPickedModel(id); setChanged({}); }} onChoice={(more) => setChanged({ ...changed, ...more })} />
          <Known project={project} modelId={modelId} choice={choice} />
          {evaluate.error && <Notice tone="failed" className="mt-4">{evaluate.error.message}</Notice>}
        </form>
      )}
    </Dialog>
  );
}
