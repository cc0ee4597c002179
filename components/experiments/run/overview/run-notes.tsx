"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Pencil } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { useMay } from "@/components/trpc/use-may";
import { Button } from "@/components/ui/actions/button";
import { Notice } from "@/components/ui/feedback/notice";
import { TextSkeleton } from "@/components/ui/feedback/skeletons";
import { Textarea } from "@/components/ui/forms/textarea";
import { Section } from "@/components/ui/layout/section";
import type { RunDetail } from "@/server/domains/experiments/contract/run";
import { messageOf } from "../../failure";

const Markdown = dynamic(() => import("@/components/ui/text/markdown/markdown").then((module) => module.Markdown), { ssr: false, loading: () => <TextSkeleton lines={3} /> });

const noteTag = "mlflow.note.content";

/** Notes live in MLflow's own tag, so that a script and this page write the same text. */
export function RunNotes({ project, run }: { project: string; run: RunDetail }) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const cache = useQueryClient();
  const canWrite = useMay(project, "member");
  const [draft, setDraft] = useState<{ text: string; before: string } | null>(null);
  const note = run.tags.find((tag) => tag.key === noteTag)?.value ?? "";
  const save = useMutation({
    mutationFn: (value: string) =>
      client.experiments.logBatch.mutate({ project, runId: run.id, tags: [{ key: noteTag, value }] }),
    onSuccess: async (_, value) => {
      await cache.invalidateQueries({ queryKey: trpc.experiments.getRun.queryKey({ project, runId: run.id }) });
      // What was typed since stays.
      setDraft((now) => (now === null || now.text === value ? null : { ...now, before: value }));
    },
  });
  return (
    <Section
      title="Notes"
      actions={
        draft === null &&
        canWrite && (
          <Button size="sm" variant="ghost" icon={<Pencil />} onClick={() => setDraft({ text: note, before: note })}>
            {note ? "Edit" : "Write"}
          </Button>
        )
      }
    >
      {draft === null ? (
        note ? (
          <Markdown text={note} isTyped />
        ) : (
          <p className="text-muted text-table">What was tried, and what came of it.</p>
        )
      ) : (
        <div className="grid gap-2">
          <Textarea
            aria-label="Notes"
            rows={8}
            maxLength={8_000}
            value={draft.text}
            onChange={(event) => setDraft({ ...draft, text: event.target.value })}
          />
          {note !== draft.before && !save.isPending && (
            <Notice tone="warning">
              Somebody changed this note meanwhile; saving puts yours in its place. Theirs:
              <blockquote className="mt-1 whitespace-pre-wrap break-words text-muted">{note || "(empty)"}</blockquote>
            </Notice>
          )}
          {save.error && (
            <p role="alert" className="text-failed text-label">
              {messageOf(save.error)} Your text is kept here.
            </p>
          )}
          <div className="flex gap-1.5">
            <Button variant="primary" pending={save.isPending} onClick={() => save.mutate(draft.text)}>
              Save
            </Button>
            <Button onClick={() => setDraft(null)}>Cancel</Button>
            <span className="flex-1 self-center text-right text-label text-muted">
              Markdown
            </span>
          </div>
        </div>
      )}
    </Section>
  );
}
