"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { useMay } from "@/components/trpc/use-may";
import { Button } from "@/components/ui/actions/button";
import { IconButton } from "@/components/ui/actions/icon-button";
import { notify } from "@/components/ui/feedback/notify";
import { Input } from "@/components/ui/forms/input";
import { Disclosure } from "@/components/ui/layout/disclosure";
import { Section } from "@/components/ui/layout/section";
import type { KeyValue, RunDetail } from "@/server/domains/experiments/contract/run";
import { messageOf } from "../../failure";

function useTagChanges(project: string, runId: string) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const cache = useQueryClient();
  const options = {
    onError: (error: unknown) => notify.error("The tag was not changed", { description: messageOf(error) }),
    onSettled: () => cache.invalidateQueries({ queryKey: trpc.experiments.getRun.queryKey({ project, runId }) }),
  };
  const put = useMutation({
    ...options,
    mutationFn: (tag: KeyValue) => client.experiments.logBatch.mutate({ project, runId, tags: [tag] }),
  });
  const remove = useMutation({
    ...options,
    mutationFn: (key: string) => client.experiments.deleteRunTag.mutate({ project, runId, key }),
  });
  return { put, remove };
}

function TagList({ tags, onRemove }: { tags: readonly KeyValue[]; onRemove?: (tag: KeyValue) => void }) {
  return (
    <ul className="grid grid-cols-1 gap-1">
      {tags.map((tag) => (
        <li key={tag.key} className="flex min-h-7 items-center gap-2 text-table">
          <span className="shrink-0 text-muted">{tag.key}</span>
          <span
            className="min-w-0 flex-1 truncate"
            data-tip={tag.value.length > 30 ? tag.value.slice(0, 400) : undefined}
          >
            {tag.value}
          </span>
          {onRemove && (
            <IconButton label={`Remove the tag ${tag.key}`} icon={<X />} size="sm" onClick={() => onRemove(tag)} />
          )}
        </li>
      ))}
    </ul>
  );
}

/** Tags people set, editable; what the MLflow client keeps in tags of its own is folded away. */
export function RunTags({ project, run }: { project: string; run: RunDetail }) {
  const canWrite = useMay(project, "member");
  const { put, remove } = useTagChanges(project, run.id);
  const [key, setKey] = useState("");
  const [value, setValue] = useState("");
  const own = run.tags.filter((tag) => !tag.key.startsWith("mlflow."));
  const clients = run.tags.filter((tag) => tag.key.startsWith("mlflow.") && tag.key !== "mlflow.note.content");

  function add(event: FormEvent) {
    event.preventDefault();
    if (key.trim() === "") return;
    put.mutate({ key: key.trim(), value });
    setKey("");
    setValue("");
  }

  function removeTag(tag: KeyValue) {
    remove.mutate(tag.key, {
      onSuccess: () =>
        notify.success(`Tag ${tag.key} removed`, { action: { label: "Undo", onClick: () => put.mutate(tag) } }),
    });
  }

  return (
    <Section title="Tags">
      {own.length > 0 ? (
        <TagList tags={own} onRemove={canWrite ? removeTag : undefined} />
      ) : (
        <p className="text-muted text-table">No tags yet.</p>
      )}
      {canWrite && (
        <form onSubmit={add} className="mt-2 flex gap-1.5">
          <Input
            aria-label="New tag's key"
            placeholder="key"
            autoComplete="off"
            value={key}
            onChange={(event) => setKey(event.target.value)}
          />
          <Input
            aria-label="New tag's value"
            placeholder="value"
            autoComplete="off"
            value={value}
            onChange={(event) => setValue(event.target.value)}
          />
          <Button type="submit" icon={<Plus />} disabled={key.trim() === ""} pending={put.isPending}>
            Add
          </Button>
        </form>
      )}
      {clients.length > 0 && (
        <Disclosure summary={`${clients.length} of the MLflow client's own`} className="mt-1">
          <TagList tags={clients} />
        </Disclosure>
      )}
    </Section>
  );
}
