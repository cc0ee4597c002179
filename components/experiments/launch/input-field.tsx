"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import { Select, type SelectOption } from "@/components/ui/forms/select";
import { formatCompact } from "@/components/ui/format/format-number";
import { useSettled } from "@/components/ui/forms/use-settled";
import type { RecipeDefinition } from "@/server/domains/experiments/contract/recipe";

export type InputFieldProps = {
  project: string;
  name: string;
  input: RecipeDefinition["inputs"][string];
  value: string;
  fault?: string;
  onChange: (value: string) => void;
};

type Choices = { options: SelectOption[] | undefined; isCut: boolean };

function useDatasets(project: string, enabled: boolean, find: string): Choices {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.catalog.listDatasetChoices.queryOptions({ project, find }, { enabled, placeholderData: keepPreviousData }));
  const options = data?.map((dataset) => ({ value: dataset.id, label: `${dataset.name} v${dataset.version}, ${formatCompact(dataset.rows)} rows${dataset.temporaryUntil ? ", temporary" : ""}` }));
  // Of each name the newest versions are listed: there may always be older ones.
  return { options, isCut: (options?.length ?? 0) >= easyToScan };
}

function useModels(project: string, enabled: boolean, find: string, also: string | null): Choices {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.experiments.listModelChoices.queryOptions({ project, find, also }, { enabled, placeholderData: keepPreviousData }));
  const options = data?.models.map(({ id, name, runName, experimentName }) => ({
    value: id,
    label: `${name}${runName && runName !== name ? ` of ${runName}` : ""} (${id.slice(0, 10)}…)`,
    group: experimentName,
  }));
  return { options, isCut: data?.isCut ?? false };
}

const words = { dataset: "dataset", logged_model: "logged model", file: "file" } as const;
const findBy = { dataset: "name and version", logged_model: "name, run or experiment", file: "" } as const;
/** More than these are found by typing sooner than by looking. */
const easyToScan = 20;
const restMs = 200;

/** Picks what the job reads: a dataset, a logged model, or a file's content by its digest. */
export function InputField({ project, name, input, value, fault, onChange }: InputFieldProps) {
  const [typed, setTyped] = useState("");
  const [picked, setPicked] = useState<SelectOption | null>(null);
  const find = useSettled(typed, restMs) ?? "";
  const datasets = useDatasets(project, input.type === "dataset", find);
  const models = useModels(project, input.type === "logged_model", find, /^m-[0-9a-f]{32}$/.test(value) ? value : null);
  const { options, isCut } = input.type === "dataset" ? datasets : models;
  const word = words[input.type];
  const listed = options ?? [];
  // What a clone names, or what was picked before the words were typed, may not be among them: it is kept.
  const kept = picked?.value === value ? picked : { value, label: value };
  const all = value === "" || listed.some((option) => option.value === value) ? listed : [kept, ...listed];
  const isSearched = typed !== "" || isCut || listed.length > easyToScan;
  const help = [input.description, options?.length === 0 && find === "" ? `This project has no ${word} yet.` : "", isCut && input.type === "logged_model" ? "The newest are listed; older ones are found by their names." : ""].filter(Boolean).join(" ");
  return (
    <Field label={name} help={help || undefined} error={fault} required={!input.optional} optional={input.optional}>
      {(control) =>
        input.type === "file" ? (
          <Input {...control} mono autoComplete="off" spellCheck={false} placeholder="SHA-256 of an uploaded file" value={value} onChange={(event) => onChange(event.target.value.trim())} />
        ) : (
          <>
            {isSearched && <Input type="search" autoComplete="off" aria-label={`Find a ${word} for ${name}`} placeholder={`Find by ${findBy[input.type]}`} value={typed} onChange={(event) => setTyped(event.target.value)} />}
            <Select
              {...control}
              value={value}
              disabled={!options}
              onChange={(event) => {
                setPicked(listed.find((option) => option.value === event.target.value) ?? null);
                onChange(event.target.value);
              }}
              placeholder={placeholderOf(options, find, `${input.optional ? "None" : `Choose a ${word}`}`)}
              options={all}
            />
          </>
        )
      }
    </Field>
  );
}

function placeholderOf(options: readonly SelectOption[] | undefined, find: string, asked: string): string {
  if (!options) return "Reading…";
  return find === "" ? asked : options.length === 0 ? `None matches “${find}”` : `${asked} (${options.length} found)`;
}
