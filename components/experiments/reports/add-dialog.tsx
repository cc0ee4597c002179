"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { type FormEvent, useId, useState } from "react";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { Button } from "@/components/ui/actions/button";
import { notify } from "@/components/ui/feedback/notify";
import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import { Select } from "@/components/ui/forms/select";
import { Textarea } from "@/components/ui/forms/textarea";
import { Dialog } from "@/components/ui/overlays/dialog";
import type { ReportBlock } from "@/server/domains/experiments/contract/report";
import { messageOf } from "../failure";
import { reportHref, useReportChanges } from "./reports-query";

const fresh = "new";

/** Which report, and what stands above the comparison there. */
export function AddDialog({ project, onClose }: { project: string; onClose: () => void }) {
  const form = useId();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const { data: reports } = useQuery(trpc.experiments.listReports.queryOptions({ project }));
  const { create, update } = useReportChanges(project);
  const [target, setTarget] = useState(fresh);
  const [name, setName] = useState("");
  const [title, setTitle] = useState("");
  const [words, setWords] = useState("");
  const error = create.error ?? update.error;

  async function submit(event: FormEvent) {
    event.preventDefault();
    const blocks: ReportBlock[] = [...(words.trim() ? [{ kind: "text" as const, markdown: words }] : []), { kind: "comparison", title: title.trim(), query: window.location.search.slice(1) }];
    if (target === fresh) {
      const made = await create.mutateAsync({ name: name.trim(), blocks });
      done(made.id, made.name);
      return;
    }
    const report = await client.experiments.getReport.query({ project, reportId: target });
    await update.mutateAsync({ reportId: target, revision: report.revision, blocks: [...report.blocks, ...blocks] });
    done(target, report.name);
  }

  function done(reportId: string, into: string) {
    onClose();
    notify.success(`Added to ${into}`, { action: { label: "Open", onClick: () => window.location.assign(reportHref(project, reportId)) } });
  }

  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      title="Add to a report"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" disabled={target === fresh && name.trim() === ""} pending={create.isPending || update.isPending}>
            Add
          </Button>
        </>
      }
    >
      <form id={form} className="grid gap-3" onSubmit={(event) => void submit(event).catch(() => undefined)}>
        <Field label="Report" error={error ? messageOf(error) : undefined}>
          {(control) => <Select {...control} options={[{ value: fresh, label: "A new one" }, ...(reports ?? []).map(({ id, name: label }) => ({ value: id, label }))]} value={target} onChange={(event) => setTarget(event.target.value)} />}
        </Field>
        {target === fresh && (
          <Field label="Name" required>
            {(control) => <Input {...control} autoComplete="off" maxLength={120} value={name} onChange={(event) => setName(event.target.value)} />}
          </Field>
        )}
        <Field label="Title of this comparison">{(control) => <Input {...control} autoComplete="off" maxLength={200} value={title} onChange={(event) => setTitle(event.target.value)} />}</Field>
        <Field label="Words above it (Markdown)">{(control) => <Textarea {...control} rows={4} maxLength={20_000} value={words} onChange={(event) => setWords(event.target.value)} />}</Field>
        <p className="text-label text-muted">
          Everybody in the project can read a report. <Link className="text-accent-text underline" href={`/${project}/experiments/reports`}>All reports</Link>
        </p>
      </form>
    </Dialog>
  );
}
