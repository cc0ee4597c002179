import { Button } from "@/components/ui/actions/button";
import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import { Textarea } from "@/components/ui/forms/textarea";
import { Section } from "@/components/ui/layout/section";
import { type Draft, newRule } from "./draft";
import { RuleFields } from "./rule-fields";

export type PartProps = { draft: Draft; change: (change: Partial<Draft>) => void; faultOf: (path: string) => string | undefined };

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
        <Field label="Owner" optional help="Whom an alert names first." error={faultOf("owner")}>{(control) => <Input {...control} value={draft.owner} onChange={(event) => change({ owner: event.target.value })} />}</Field>
        <Field label="Runbook" optional help="An address or a sentence: what to do first." error={faultOf("runbook")}>{(control) => <Input {...control} value={draft.runbook} onChange={(event) => change({ runbook: event.target.value })} />}</Field>
        <Field label="Description" optional className="sm:col-span-2" error={faultOf("description")}>{(control) => <Textarea {...control} rows={2} value={draft.description} onChange={(event) => change({ description: event.target.value })} />}</Field>
      </div>
    </Section>
  );
}

/** Rules, limits and owner: the same for a monitor that is edited and for a new one. */
export function EditorParts(props: PartProps) {
  return (
    <>
      <Rules {...props} />
      <Limits {...props} />
      <About {...props} />
    </>
  );
}
