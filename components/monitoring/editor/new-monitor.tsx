"use client";

import { useMutation, useQuery, useSuspenseQueries, useSuspenseQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { PageCrumbs } from "@/components/shell/crumbs/page-crumbs";
import { useTRPC } from "@/components/trpc/client";
import { useMay } from "@/components/trpc/use-may";
import { Button, ButtonLink } from "@/components/ui/actions/button";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { Notice } from "@/components/ui/feedback/notice";
import { CardSkeleton } from "@/components/ui/feedback/skeletons";
import { notify } from "@/components/ui/feedback/notify";
import { PageHeader } from "@/components/ui/layout/page-header";
import { BacktestPreview } from "./backtest-preview";
import { checkDraft, type Draft } from "./draft";
import { EditorParts } from "./editor-parts";
import { definitionBase, nothingProposed, proposeName, proposeOf, startDraft, startSubject, type SubjectDraft, timeColumns } from "./start-draft";
import { SubjectFields } from "./subject-fields";

/** What has to be there before anything can be watched. */
function Missing({ project, models }: { project: string; models: number }) {
  const what = models === 0 ? "model" : "dataset";
  return (
    <EmptyState title={`There is no ${what} yet`} action={<ButtonLink href={`/${project}/${models === 0 ? "models" : "catalog"}`}>{models === 0 ? "Models" : "Catalog"}</ButtonLink>}>
      {models === 0 ? "A monitor watches what a model's champion answers: register a model first." : "A monitor's limits come from rows of a dataset: build one first."}
    </EmptyState>
  );
}

/** A new monitor: what it watches, against which time, by which rules, and what they would have done there. */
export function NewMonitor({ project, model }: { project: string; model: string | null }) {
  const trpc = useTRPC();
  const router = useRouter();
  const mayMake = useMay(project, "member");
  const queries = [trpc.models.listModels.queryOptions({ project, limit: 1_000 }), trpc.catalog.listDatasetChoices.queryOptions({ project, versionsOfEach: 1 }), trpc.monitoring.listMonitors.queryOptions({ project })] as const;
  const [{ data: { models } }, { data: datasets }, { data: monitors }] = useSuspenseQueries({ queries });
  const taken = monitors.map(({ name }) => name);
  const [subject, setSubject] = useState<SubjectDraft>(() => startSubject(models, taken, model));
  const { data: proposed, isError } = useQuery(trpc.monitoring.proposeReference.queryOptions({ project, model: subject.model }, { enabled: subject.model !== "" }));
  const held = useMemo(() => (subject.dataset === "" ? { ...subject, ...proposeOf(datasets, isError || subject.model === "" ? nothingProposed : proposed) } : subject), [subject, datasets, proposed, isError]);
  const datasetId = datasets.find(({ name }) => name === held.dataset)?.id ?? "";
  const { data: dataset } = useQuery(trpc.catalog.getDataset.queryOptions({ project, datasetId }, { enabled: datasetId !== "" }));
  const columns = useMemo(() => (dataset ? timeColumns(dataset) : []), [dataset]);
  const watched = useMemo(() => ({ ...held, column: held.column || (columns[0] ?? "") }), [held, columns]);
  const { data: account } = useSuspenseQuery(trpc.identity.getAccount.queryOptions({}));
  const [draft, setDraft] = useState<Draft>(() => startDraft(account.email));
  const checked = useMemo(() => checkDraft(definitionBase(watched), draft), [watched, draft]);
  const isTaken = taken.includes(subject.name);
  const apply = useMutation(
    trpc.monitoring.applyMonitor.mutationOptions({
      onSuccess: ({ name }) => {
        notify.success("The monitor is made", { description: "Its limits are taken from the reference now." });
        router.push(`/${project}/monitoring/${name}`);
      },
    }),
  );
  /** A name that the person wrote stays. */
  const chooseModel = (chosen: string) =>
    setSubject((known) => ({ ...known, model: chosen, name: known.name === "" || known.name === proposeName(known.model, taken) ? proposeName(chosen, taken) : known.name }));
  const faultOf = (path: string) => {
    if (path === "name" && isTaken) return "There is a monitor of this name: edit that one, or choose another name.";
    if (path === "model" && subject.model === "") return `There is no model ${model} in this project: choose one.`;
    // A name is proposed with the model.
    if (path === "name" && subject.model === "" && subject.name === "") return undefined;
    if (path === "reference.column" && columns.length === 0) return dataset ? "This dataset has no column of days or times." : undefined;
    return checked.ok ? undefined : checked.faults.find((fault) => fault.path === path)?.message;
  };
  const canMake = checked.ok && !isTaken;
  return (
    <>
      <PageCrumbs crumbs={[{ label: "New monitor" }]} />
      <PageHeader
        title="New monitor"
        description="It holds an endpoint's live windows against a reference. Each limit is taken from the reference's own windows."
        actions={<><ButtonLink href={`/${project}/monitoring`}>Cancel</ButtonLink>{mayMake && <Button variant="primary" disabled={!canMake} pending={apply.isPending} onClick={() => checked.ok && apply.mutate({ project, ...checked.definition })}>Make the monitor</Button>}</>}
      />
      {apply.error && <Notice tone="failed" className="mb-4">{apply.error.message}</Notice>}
      {models.length === 0 || datasets.length === 0 ? (
        <Missing project={project} models={models.length} />
      ) : !mayMake ? (
        <EmptyState title="You may look, not make">Ask an owner of this project for the role of a member.</EmptyState>
      ) : (
        <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
          <div className="grid gap-4">
            <SubjectFields subject={watched} models={models} onModel={chooseModel} datasets={datasets} columns={columns} faultOf={faultOf} change={(change) => setSubject({ ...watched, ...change })} proposed={proposed ?? null} />
            <EditorParts draft={draft} faultOf={faultOf} change={(change) => setDraft((known) => ({ ...known, ...change }))} />
          </div>
          {dataset ? <BacktestPreview project={project} checked={checked} /> : <CardSkeleton />}
        </div>
      )}
    </>
  );
}
