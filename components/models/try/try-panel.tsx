"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { QuerySection } from "@/components/trpc/query-section";
import { Button } from "@/components/ui/actions/button";
import { Notice } from "@/components/ui/feedback/notice";
import { Segmented } from "@/components/ui/forms/segmented";
import { Select } from "@/components/ui/forms/select";
import { Disclosure } from "@/components/ui/layout/disclosure";
import { Section } from "@/components/ui/layout/section";
import { CodeTabs } from "@/components/ui/text/code-tabs";
import type { EndpointView, ExampleRow } from "@/server/domains/models/serving/contract";
import { askEndpoint } from "./ask-endpoint";
import { TryAnswerView } from "./try-answer";
import { bodyOf, type Draft, draftOf, pathOf, snippetsOf, type TryBody, type TryMode } from "./try-draft";
import { TryFields } from "./try-fields";

type Ready = { project: string; origin: string; endpoint: EndpointView; example: ExampleRow | null; description: string };

const modes: { value: TryMode; label: string }[] = [{ value: "keys", label: "By keys" }, { value: "row", label: "A whole row" }];

function exampleWords(example: ExampleRow | null): string {
  if (!example) return "There is no inference or dataset row to begin with: fill it in.";
  return example.from === "inference" ? "Filled in from its newest logged inference." : `Filled in from ${example.name}.`;
}

/** What is typed as a request, or the sentence that says why it is none. */
function readDraft(endpoint: EndpointView, draft: Draft): { body: TryBody | null; fault: string | null } {
  try {
    return { body: bodyOf(endpoint, draft), fault: null };
  } catch (error) {
    return { body: null, fault: error instanceof Error ? error.message : "It can't be sent." };
  }
}

function TryForm({ project, origin, endpoint, example, description }: Ready) {
  const [draft, setDraft] = useState(() => draftOf(endpoint, example));
  const path = pathOf(endpoint.model, endpoint.isChampion ? null : endpoint.version);
  const { body, fault } = readDraft(endpoint, draft);
  const ask = useMutation({ mutationFn: (asked: TryBody) => askEndpoint(project, path, asked) });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (body && !ask.isPending) ask.mutate(body);
  }

  return (
    <div className="grid gap-4">
      <div className="grid gap-x-8 gap-y-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <form onSubmit={submit} className="grid content-start gap-3" aria-label="Request">
          <div className="flex flex-wrap items-center gap-3">
            {endpoint.byKeys && <Segmented label="How to ask" options={modes} value={draft.mode} onValueChange={(mode) => setDraft({ ...draft, mode })} />}
            <p className="text-label text-muted">{exampleWords(example)}</p>
          </div>
          <TryFields endpoint={endpoint} draft={draft} onText={(name, text) => setDraft({ ...draft, texts: { ...draft.texts, [name]: text } })} />
          {fault && <Notice tone="warning">{fault}</Notice>}
          <div><Button type="submit" variant="primary" disabled={body === null} pending={ask.isPending}>Ask version {endpoint.version}</Button></div>
        </form>
        <section aria-label="Answer" aria-live="polite">
          {ask.error && <Notice tone="failed">{ask.error.message}</Notice>}
          {ask.data && !ask.error && <TryAnswerView answer={ask.data} features={endpoint.features ?? []} description={description} />}
          {!ask.data && !ask.error && <p className="text-muted text-table">The answer appears here. A try is answered like any request, but not kept in the inference log, so monitors don't see it.</p>}
        </section>
      </div>
      {body && <Disclosure summary="The same as code"><CodeTabs label="How to ask" snippets={snippetsOf(origin, path, body)} /></Disclosure>}
    </div>
  );
}

type Props = { project: string; name: string; description: string; origin: string; champion: number | null; servable: readonly number[] };

/** Asks what serves, or a version that does not serve yet. */
export function TryPanel({ project, name, description, origin, champion, servable }: Props) {
  const trpc = useTRPC();
  const [picked, setPicked] = useState<number | null>(null);
  const version = picked ?? champion ?? servable[0] ?? null;
  const ref = { project, name, version };
  const endpoint = useQuery(trpc.models.getEndpoint.queryOptions(ref, { enabled: version !== null }));
  const example = useQuery(trpc.models.readExample.queryOptions(ref, { enabled: version !== null, staleTime: Number.POSITIVE_INFINITY }));
  if (version === null) return null;
  const options = servable.map((number) => ({ value: String(number), label: `Version ${number}${number === champion ? ", champion" : ""}` }));
  return (
    <Section
      id="try"
      title="Try it"
      description={version === champion ? `The champion, at ${pathOf(name, null)}.` : `Version ${version}, which does not serve, at ${pathOf(name, version)}.`}
      actions={<Select aria-label="Version to ask" options={options} value={String(version)} onChange={(event) => setPicked(Number(event.target.value))} />}
    >
      <QuerySection query={endpoint} title="The endpoint could not be read">
        {(ready) => (example.isPending ? <p className="text-muted text-table">Looking for a row to begin with…</p> : <TryForm key={version} project={project} origin={origin} endpoint={ready} example={example.data?.example ?? null} description={description} />)}
      </QuerySection>
    </Section>
  );
}
