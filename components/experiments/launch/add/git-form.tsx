"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { fieldOf, fieldWords } from "@/components/trpc/field-of";
import { useLive } from "@/components/trpc/live";
import { Button } from "@/components/ui/actions/button";
import { Notice } from "@/components/ui/feedback/notice";
import { Spinner } from "@/components/ui/feedback/spinner";
import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import type { RecipeFormProps } from "./archive-form";

type Draft = { url: string; ref: string; folder: string; token: string };

const isOpen = (state: string | undefined) => state === undefined || state === "queued" || state === "running";

/** The worker fetches; this follows it to its end. */
function useRegistration({ project, onRegistered }: Pick<RecipeFormProps, "project" | "onRegistered">) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const start = useMutation(trpc.experiments.registerRecipeFromGit.mutationOptions());
  const operationId = start.data?.operationId ?? "";
  const asked = trpc.platform.getOperation.queryOptions({ project, operationId }, { enabled: operationId !== "", refetchInterval: (query) => (isOpen(query.state.data?.state) ? 1_000 : false) });
  const { data: operation } = useQuery(asked);
  useLive([`operation:${operationId}`], [asked.queryKey]);
  const { state, result } = operation ?? {};
  useEffect(() => {
    if (state === "succeeded" && result) onRegistered({ name: String(result.name), version: Number(result.version), isNew: result.isNew === true });
  }, [state, result, onRegistered]);
  return {
    start,
    isFetching: start.isPending || (operationId !== "" && isOpen(state)),
    stage: operation?.stage || "waiting for the worker",
    failure: operation?.error ?? (state === "cancelled" ? "It was cancelled." : null),
    cancel: () => void client.platform.cancelOperation.mutate({ project, operationId }).catch(() => undefined),
  };
}

export function GitForm({ project, onRegistered, onCancel }: RecipeFormProps) {
  const [draft, setDraft] = useState<Draft>({ url: "", ref: "", folder: "", token: "" });
  const { start, isFetching, stage, failure, cancel } = useRegistration({ project, onRegistered });
  const field = fieldOf(start.error);
  const faultOf = (name: keyof Draft) => (start.error && field === name ? fieldWords(start.error) : undefined);

  function change(next: Partial<Draft>) {
    setDraft({ ...draft, ...next });
    if (!isFetching) start.reset();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (draft.url.trim() !== "" && !isFetching) start.mutate({ project, url: draft.url.trim(), ref: draft.ref.trim(), folder: draft.folder.trim(), token: draft.token.trim() || null });
  }

  const text = (name: keyof Draft, placeholder: string) => ({ placeholder, value: draft[name], autoComplete: "off", spellCheck: false, disabled: isFetching, onChange: (event: { target: { value: string } }) => change({ [name]: event.target.value }) });
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <Field label="Repository" help="Its https address." error={faultOf("url")} required>
        {(control) => <Input {...control} {...text("url", "https://github.com/team/models")} inputMode="url" maxLength={2_000} />}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Branch, tag or commit" optional help="Empty: the default branch." error={faultOf("ref")}>
          {(control) => <Input {...control} {...text("ref", "main")} maxLength={500} />}
        </Field>
        <Field label="Folder" optional help="Where recipe.yaml lies." error={faultOf("folder")}>
          {(control) => <Input {...control} {...text("folder", "recipes/train")} maxLength={500} />}
        </Field>
      </div>
      <Field label="Token" optional help="For a repository that is not public. It is used once and not kept." error={faultOf("token")}>
        {(control) => <Input {...control} {...text("token", "")} type="password" autoComplete="new-password" maxLength={2_000} />}
      </Field>
      {(failure || (start.error && field === null)) && (
        <div role="alert">
          <Notice tone="failed"><span className="break-words">{failure ?? start.error?.message}</span></Notice>
        </div>
      )}
      <div className="flex flex-wrap items-center justify-end gap-2">
        {isFetching && <span role="status" className="mr-auto inline-flex items-center gap-2 text-label text-muted first-letter:uppercase"><Spinner />{stage.replace(/^./, (letter) => letter.toUpperCase())}…</span>}
        <Button onClick={isFetching && start.data ? cancel : onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={draft.url.trim() === ""} pending={isFetching}>
          Register
        </Button>
      </div>
    </form>
  );
}
