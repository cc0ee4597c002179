"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { TextSkeleton } from "@/components/ui/feedback/skeletons";
import { formatBytes } from "@/components/ui/format/format-bytes";
import { formatDuration } from "@/components/ui/format/format-duration";
import { formatPlain } from "@/components/ui/format/format-number";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { type KeyValue, KeyValues } from "@/components/ui/layout/key-values";
import { Section } from "@/components/ui/layout/section";
import { CodeBlock } from "@/components/ui/text/code-block";
import { CopyableId } from "@/components/ui/text/copyable-id";
import type { RecipeView } from "@/server/domains/experiments/contract/recipe";
import type { LaunchFacts, RunDetail } from "@/server/domains/experiments/contract/run";
import { CodeFiles } from "../code/code-files";
import { shellLine } from "../launch/shell-line";
import { runHref } from "../run-identity";
import { useRun } from "./use-run";

function Blob({ project, sha256 }: { project: string; sha256: string }) {
  return (
    <span className="inline-flex items-center gap-2">
      <CopyableId id={sha256} shown={12} label="Copy the digest" />
      <a className="rounded-sm text-accent-text hover:underline" href={`/api/v1/blobs/${sha256}?project=${project}`} download>
        Download
      </a>
    </span>
  );
}

function environmentItems(project: string, recipe: RecipeView): KeyValue[] {
  const { cpus, memory, gpus, timeout } = recipe.definition.resources;
  return [
    { label: "Code", value: <Blob project={project} sha256={recipe.codeSha256} /> },
    { label: "Requirements", value: recipe.requirementsSha256 ? <Blob project={project} sha256={recipe.requirementsSha256} /> : "none: the agent's own Python" },
    { label: "Resources", value: [`${formatPlain(cpus)} CPU`, formatBytes(memory), ...(gpus > 0 ? [`${gpus} GPU`] : [])].join(" · ") },
    { label: "Time limit", value: formatDuration(timeout * 1_000) },
  ];
}

/** The exact command and what it ran in, enough to run it again elsewhere. */
export function RunCode({ project, runId }: { project: string; runId: string }) {
  const { data: run } = useRun(project, runId);
  if (!run) return null;
  if (run.launch)
    return (
      <div className="grid gap-4">
        <LaunchedCode project={project} launch={run.launch} />
        <CodeFiles project={project} runId={runId} />
      </div>
    );
  return <ToldCode project={project} run={run} />;
}

/** What a script from outside told of its code: by tags, and by files that it logged. */
function ToldCode({ project, run }: { project: string; run: RunDetail }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.experiments.readRunCode.queryOptions({ project, runId: run.id }, { retry: false }));
  const tag = (key: string) => run.tags.find((each) => each.key === key)?.value;
  const commit = tag("mlflow.source.git.commit");
  const source = tag("mlflow.source.name");
  if (!data) return <TextSkeleton lines={6} />;
  const isSubmitted = data.source === "submission";
  const files = data.source === "none" ? null : <CodeFiles project={project} runId={run.id} />;
  if (!commit && !source)
    return files ?? <EmptyState title="Nothing is known of its code">It was started outside Slipway by a script that sent no source. Runs launched from a recipe keep their command, code and environment.</EmptyState>;
  return (
    <div className="grid gap-4">
      {isSubmitted && source && <CodeBlock title="Command" wrap code={source} />}
      <Section
        title={isSubmitted ? "As it was submitted" : "As its script told"}
        description={isSubmitted ? "The folder's files with what differed from the commit, sent by slipway submit." : "It was started outside Slipway; this is what the MLflow client sent."}
      >
        <KeyValues
          items={[
            ...(isSubmitted ? [] : [{ label: "Source", value: source, mono: true }]),
            { label: "Branch", value: tag("mlflow.source.git.branch"), mono: true },
            { label: "Commit", value: commit && <CopyableId id={commit} shown={40} label="Copy the commit" /> },
            { label: "Repository", value: tag("mlflow.source.git.repoURL"), mono: true },
          ]}
        />
      </Section>
      {files}
    </div>
  );
}

/** Datasets by name and version; a model by its name; a file by its digest. */
function InputValue({ project, type, value }: { project: string; type: string | undefined; value: string }) {
  const trpc = useTRPC();
  const { data: dataset } = useQuery(trpc.catalog.getDataset.queryOptions({ project, datasetId: value }, { enabled: type === "dataset", retry: false }));
  const { data: model } = useQuery(trpc.experiments.getLoggedModel.queryOptions({ project, modelId: value }, { enabled: type === "logged_model", retry: false }));
  if (dataset) return <InlineLink href={`/${project}/catalog/datasets/${dataset.id}`}>{`${dataset.name} v${dataset.version}`}</InlineLink>;
  if (model?.sourceRunId) return <InlineLink href={`${runHref(project, model.sourceRunId)}/artifacts?of=${model.id}`}>{model.name}</InlineLink>;
  return <CopyableId id={value} shown={12} label="Copy the input's id" />;
}

function LaunchedCode({ project, launch }: { project: string; launch: LaunchFacts }) {
  const trpc = useTRPC();
  const { data: recipe } = useQuery(trpc.experiments.getRecipe.queryOptions({ project, name: launch.recipe, version: launch.version }));
  const inputs = Object.entries(launch.inputs);
  return (
    <div className="grid grid-cols-1 gap-4">
      <CodeBlock title="Command" wrap code={shellLine(launch.command)} />
      <Section title="Environment">
        <KeyValues
          className="items-center"
          items={[
            { label: "Recipe", value: <InlineLink href={`/${project}/experiments/launch?recipe=${launch.recipe}`}>{`${launch.recipe} v${launch.version}`}</InlineLink> },
            ...(recipe ? environmentItems(project, recipe) : []),
          ]}
        />
      </Section>
      {inputs.length > 0 && (
        <Section title="Inputs">
          <KeyValues items={inputs.map(([label, value]) => ({ label, value: <InputValue project={project} type={recipe?.definition.inputs[label]?.type} value={value} /> }))} />
        </Section>
      )}
    </div>
  );
}
