"use client";

import { ArrowDown, ArrowUp, Plus, X } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/actions/button";
import { IconButton } from "@/components/ui/actions/icon-button";
import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import { Textarea } from "@/components/ui/forms/textarea";
import type { ReportBlock, ReportView } from "@/server/domains/experiments/contract/report";
import { messageOf } from "../failure";
import { useReportChanges } from "./reports-query";

type Draft = { key: number; block: ReportBlock };

export type ReportEditorProps = { project: string; report: ReportView; onDone: () => void };

/** Parts in their order: words are written here, comparisons get a title; nothing is kept before Save. */
export function ReportEditor({ project, report, onDone }: ReportEditorProps) {
  const { update } = useReportChanges(project);
  const [name, setName] = useState(report.name);
  // What the drafts were made of: the report itself moves on with what others save meanwhile.
  const [revision] = useState(report.revision);
  const [drafts, setDrafts] = useState<Draft[]>(() => report.blocks.map((block, key) => ({ key, block })));

  const change = (key: number, block: ReportBlock) => setDrafts(drafts.map((draft) => (draft.key === key ? { key, block } : draft)));

  function move(index: number, by: -1 | 1) {
    const next = [...drafts];
    const [moved] = next.splice(index, 1);
    if (moved) next.splice(index + by, 0, moved);
    setDrafts(next);
  }

  function save() {
    const blocks = drafts.map(({ block }) => block).filter((block) => block.kind !== "text" || block.markdown.trim() !== "");
    update.mutate({ reportId: report.id, revision, name: name.trim(), blocks }, { onSuccess: onDone });
  }

  return (
    <div className="grid max-w-3xl gap-3">
      <Field label="Name" error={update.error ? `${messageOf(update.error)} Your words are kept here.` : undefined} required>
        {(control) => <Input {...control} autoComplete="off" maxLength={120} value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
      <ol className="grid gap-3">
        {drafts.map(({ key, block }, index) => {
          const part = `part ${index + 1}`;
          return (
            <li key={key} className="flex gap-2 rounded-lg border border-line bg-panel p-3">
              <div className="min-w-0 flex-1">
                {block.kind === "text" ? (
                  <Textarea aria-label={`Words of ${part}`} rows={5} maxLength={20_000} placeholder="Words between the pictures, in Markdown" value={block.markdown} onChange={(event) => change(key, { kind: "text", markdown: event.target.value })} />
                ) : (
                  <Input aria-label={`Title of ${part}`} prefix={<span className="text-muted">Comparison</span>} maxLength={200} value={block.title} onChange={(event) => change(key, { ...block, title: event.target.value })} />
                )}
              </div>
              <span className="flex shrink-0">
                <IconButton label={`Move ${part} up`} icon={<ArrowUp />} size="sm" disabled={index === 0} onClick={() => move(index, -1)} />
                <IconButton label={`Move ${part} down`} icon={<ArrowDown />} size="sm" disabled={index === drafts.length - 1} onClick={() => move(index, 1)} />
                <IconButton label={`Remove ${part}`} icon={<X />} size="sm" onClick={() => setDrafts(drafts.filter((draft) => draft.key !== key))} />
              </span>
            </li>
          );
        })}
      </ol>
      <div className="flex flex-wrap gap-1.5">
        <Button variant="primary" pending={update.isPending} disabled={name.trim() === ""} onClick={save}>
          Save
        </Button>
        <Button onClick={onDone}>Cancel</Button>
        <Button icon={<Plus />} onClick={() => setDrafts([...drafts, { key: Math.max(-1, ...drafts.map((draft) => draft.key)) + 1, block: { kind: "text", markdown: "" } }])}>
          Add words
        </Button>
      </div>
    </div>
  );
}
