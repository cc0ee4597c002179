"use client";

import { useMutation, useSuspenseQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useMay } from "@/components/trpc/use-may";
import { Button, ButtonLink } from "@/components/ui/actions/button";
import { Notice } from "@/components/ui/feedback/notice";
import { notify } from "@/components/ui/feedback/notify";
import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import { Textarea } from "@/components/ui/forms/textarea";
import { PageHeader } from "@/components/ui/layout/page-header";
import { Section } from "@/components/ui/layout/section";
import { BacktestPreview } from "./backtest-preview";
import { checkDraft, type Draft, draftOf, newRule } from "./draft";
import { RuleFields } from "./rule-fields";
import { useSettled } from "./use-settled";

type PartProps = { draft: Draft; change: (change: Partial<Draft>) => void; faultOf: (path: string) => string | undefined };

function Rules({ draft, change, faultOf }: PartProps) {
  const { rules } = draft;
  const faultOfRule = (index: number) => ["name", "measure", "of", "window"].map((field) => faultOf(`rules.${index}.${field}`)).find(Boolean) ?? faultOf(`rules.${index}`);
  return (
    <Section title="Rules" description="Each takes its limit from the reference's own windows." actions={<Button size="sm" onClick={() => change({ rules: [...rules, newRule(rules)] })}>Add a rule</Button>} flush>
      <ul>
        {rules.map((rule, index) => (
          <RuleFields key={rule.key} rule={rule} fault={faultOfRule(index)} mayRemove={rules.length > 1} onChange={(part) => change({ rules: rules.map((one) => (one.key === rule.key ? { ...one, ...part } : one)) })} onRemove={() => change({ rules: rules.filter((one) => one.key !== rule.key) })} />
        ))}
      </ul>
      {faultOf("rules") && <p role="alert" className="px-4 pb-2 text-failed text-label">{faultOf("rules")}</p>}
    </Section>
  );
}

function Limits({ draft, change, faultOf }: PartProps) {
  const number = (key: "times" | "floor" | "minRows", label: string, help: string, path: string) => (
    <Field label={label} help={help} error={faultOf(path)}>{(control) => <Input {...control} inputMode="decimal" value={draft[key]} onChange={(event) => change({ [key]: event.target.value })} />}</Field>
  );
  return (
    <Section title="Limits">
      <div className="grid gap-4 sm:grid-cols-3">
        {number("times", "Times the worst", "A limit is so many times the worst window of the reference.", "calibrate.times")}
        {number("floor", "At least", "No limit is nearer to the usual than this.", "calibrate.floor")}
        {number("minRows", "Rows needed", "A window with fewer is not judged.", "min_rows")}
      </div>
    </Section>
  );
}

function About({ draft, change, faultOf }: PartProps) {
  return (
    <Section title="About">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Owner" help="Whom an alert names first." error={faultOf("owner")}>{(control) => <Input {...control} value={draft.owner} onChange={(event) => change({ owner: event.target.value })} />}</Field>
        <Field label="Runbook" optional help="An address or a sentence: what to do first." error={faultOf("runbook")}>{(control) => <Input {...control} value={draft.runbook} onChange={(event) => change({ runbook: event.target.value })} />}</Field>
        <Field label="Description" optional className="sm:col-span-2" error={faultOf("description")}>{(control) => <Textarea {...control} rows={2} value={draft.description} onChange={(event) => change({ description: event.target.value })} />}</Field>
      </div>
    </Section>
  );
}

/** A monitor's rules, limits and owner, with what they would have done on the reference beside them. */
export function MonitorEditor({ project, name }: { project: string; name: string }) {
  const trpc = useTRPC();
  const router = useRouter();
  const mayEdit = useMay(project, "member");
  const { data: monitor } = useSuspenseQuery(trpc.monitoring.getMonitor.queryOptions({ project, name }));
  const [draft, setDraft] = useState(() => draftOf(monitor.definition));
  const checked = useMemo(() => checkDraft(monitor.definition, draft), [monitor.definition, draft]);
  const settled = useSettled(checked, 600);
  const apply = useMutation(
    trpc.monitoring.applyMonitor.mutationOptions({
      onSuccess: ({ change }) => {
        notify.success(change === "unchanged" ? "Nothing changed" : "The monitor is saved", { description: change === "unchanged" ? undefined : "Its limits are calibrated anew; windows that were judged stay judged." });
        router.push(`/${project}/monitoring/${name}`);
      },
    }),
  );
  const faultOf = (path: string) => (checked.ok ? undefined : checked.faults.find((fault) => fault.path === path)?.message);
  const part = { draft, faultOf, change: (change: Partial<Draft>) => setDraft((known) => ({ ...known, ...change })) };
  return (
    <>
      <PageHeader
        title={`Edit ${name}`}
        description={`Watches ${monitor.model} against ${monitor.definition.reference.dataset}, ${monitor.definition.reference.from} to ${monitor.definition.reference.to}.`}
        actions={<><ButtonLink href={`/${project}/monitoring/${name}`}>Cancel</ButtonLink>{mayEdit && <Button variant="primary" disabled={!checked.ok} pending={apply.isPending} onClick={() => checked.ok && apply.mutate({ project, ...checked.definition })}>Save</Button>}</>}
      />
      {apply.error && <Notice tone="failed" className="mb-4">{apply.error.message}</Notice>}
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="grid gap-4">
          <Rules {...part} />
          <Limits {...part} />
          <About {...part} />
        </div>
        <BacktestPreview project={project} definition={settled.ok ? settled.definition : null} />
      </div>
    </>
  );
}
