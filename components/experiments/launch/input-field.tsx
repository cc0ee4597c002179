"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import { Select, type SelectOption } from "@/components/ui/forms/select";
import { formatCompact } from "@/components/ui/format/format-number";
import type { RecipeDefinition } from "@/server/domains/experiments/contract/recipe";

export type InputFieldProps = {
  project: string;
  name: string;
  input: RecipeDefinition["inputs"][string];
  value: string;
  fault?: string;
  onChange: (value: string) => void;
};

function useDatasets(project: string, enabled: boolean): SelectOption[] | undefined {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.catalog.listDatasetChoices.queryOptions({ project }, { enabled }));
  return data?.map((dataset) => ({ value: dataset.id, label: `${dataset.name} v${dataset.version}, ${formatCompact(dataset.rows)} rows${dataset.temporaryUntil ? ", temporary" : ""}` }));
}

const modelsListed = 200;

function useModels(project: string, enabled: boolean): { options?: SelectOption[]; isCut: boolean } {
  const trpc = useTRPC();
  const { data: list } = useQuery(trpc.experiments.listExperiments.queryOptions({ project, limit: 1_000 }, { enabled }));
  const names = new Map(list?.experiments.map((experiment) => [experiment.no, experiment.name]));
  const experimentNos = [...names.keys()].sort((a, b) => a - b);
  const { data } = useQuery(
    trpc.experiments.searchLoggedModels.queryOptions({ project, experimentNos, limit: modelsListed }, { enabled: enabled && experimentNos.length > 0 }),
  );
  const options = data?.models
    .filter((model) => model.status === "LOGGED_MODEL_READY")
    .map((model) => ({ value: model.id, label: `${model.name} (${model.id.slice(0, 10)}…)`, group: names.get(model.experimentNo) ?? "Other" }));
  return { options, isCut: Boolean(data?.next) };
}

const words = { dataset: "dataset", logged_model: "logged model", file: "file" } as const;

/** Picks what the job reads: a dataset, a logged model, or a file's content by its digest. */
export function InputField({ project, name, input, value, fault, onChange }: InputFieldProps) {
  const datasets = useDatasets(project, input.type === "dataset");
  const models = useModels(project, input.type === "logged_model");
  const options = input.type === "dataset" ? datasets : models.options;
  const word = words[input.type];
  const listed = options ?? [];
  // A cloned run may name what is not among the newest: it is kept as it was given.
  const all = value === "" || listed.some((option) => option.value === value) ? listed : [{ value, label: value }, ...listed];
  const help = [input.description, options?.length === 0 ? `This project has no ${word} yet.` : "", models.isCut ? `The newest ${modelsListed} logged models are listed.` : ""].filter(Boolean).join(" ");
  return (
    <Field label={name} help={help || undefined} error={fault} required={!input.optional} optional={input.optional}>
      {(control) =>
        input.type === "file" ? (
          <Input {...control} mono autoComplete="off" spellCheck={false} placeholder="SHA-256 of an uploaded file" value={value} onChange={(event) => onChange(event.target.value.trim())} />
        ) : (
          <Select
            {...control}
            value={value}
            disabled={!options}
            onChange={(event) => onChange(event.target.value)}
            placeholder={options ? (input.optional ? "None" : `Choose a ${word}`) : "Reading…"}
            options={all}
          />
        )
      }
    </Field>
  );
}
