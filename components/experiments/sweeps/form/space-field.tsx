import { CircleAlert } from "lucide-react";
import { Checkbox } from "@/components/ui/forms/checkbox";
import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import { Segmented } from "@/components/ui/forms/segmented";
import { Select } from "@/components/ui/forms/select";
import type { ParameterSchema } from "@/server/domains/experiments/contract/recipe";
import { ParameterField } from "../../launch/parameter-field";
import { listedValues, modesOf, type SamplerKind, type SpaceDraft } from "./sweep-draft";

export type SpaceFieldProps = {
  name: string;
  schema: ParameterSchema;
  required: boolean;
  fixed: string | boolean;
  own: SpaceDraft;
  sampler: SamplerKind;
  /** Others that vary over listed values: what it may depend on. */
  parents: readonly { name: string; values: readonly string[] }[];
  faultOf: (field: string) => string | undefined;
  onFixed: (value: string | boolean) => void;
  onChange: (next: Partial<SpaceDraft>) => void;
};

/** A parameter of the recipe: one value for all runs, or what it varies over. */
export function SpaceField(props: SpaceFieldProps) {
  const { name, schema, own, onChange } = props;
  const label = schema.title ?? name;
  return (
    <fieldset className="grid min-w-0 gap-2 border-line border-b pb-4 last:border-b-0 last:pb-0">
      <legend className="sr-only">{label}</legend>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span className="font-medium text-table">
          {label}
          {schema.title && schema.title !== name && <span className="ml-1.5 font-mono font-normal text-label text-muted">{name}</span>}
        </span>
        <Segmented label={`How ${label} varies`} options={modesOf(schema)} value={own.mode} onValueChange={(mode) => onChange({ mode })} />
      </div>
      {own.mode === "fixed" && <ParameterField name={name} schema={{ ...schema, title: "Value" }} required={props.required} value={props.fixed} fault={props.faultOf(`parameters.${name}`)} onChange={props.onFixed} />}
      {own.mode === "range" && <RangeFields {...props} />}
      {own.mode === "choice" && <ChoiceFields {...props} />}
      {own.mode !== "fixed" && props.parents.length > 0 && <WhenFields {...props} />}
    </fieldset>
  );
}

function RangeFields({ name, schema, own, sampler, faultOf, onChange }: SpaceFieldProps) {
  const number = (key: "low" | "high" | "step" | "points", label: string, help?: string) => (
    <Field label={label} help={help} error={faultOf(`space.${name}.${key}`)}>
      {(control) => <Input {...control} inputMode="decimal" autoComplete="off" value={own[key]} onChange={(event) => onChange({ [key]: event.target.value })} />}
    </Field>
  );
  const isInteger = schema.type === "integer";
  const needsPoints = sampler === "grid" && (!isInteger || own.log);
  return (
    <>
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        {number("low", "From")}
        {number("high", "To")}
        {isInteger && !own.log && number("step", "Step")}
        {needsPoints && number("points", "Points", "Of the grid.")}
      </div>
      <Checkbox label="Log scale: each magnitude as often as the next" checked={own.log} onChange={(event) => onChange({ log: event.target.checked })} />
    </>
  );
}

function Fault({ text }: { text: string | undefined }) {
  if (!text) return null;
  return (
    <p role="alert" className="flex items-start gap-1.5 text-failed text-label">
      <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
      {text}
    </p>
  );
}

function Choices({ legend, values, chosen, onChange }: { legend: string; values: readonly string[]; chosen: readonly string[]; onChange: (chosen: string[]) => void }) {
  return (
    <fieldset className="flex flex-wrap gap-x-4 gap-y-1">
      <legend className="sr-only">{legend}</legend>
      {values.map((value) => (
        <Checkbox
          key={value}
          label={value}
          checked={chosen.includes(value)}
          onChange={(event) => onChange(event.target.checked ? values.filter((one) => one === value || chosen.includes(one)) : chosen.filter((one) => one !== value))}
        />
      ))}
    </fieldset>
  );
}

function ChoiceFields({ name, schema, own, faultOf, onChange }: SpaceFieldProps) {
  const listed = listedValues(schema);
  const fault = faultOf(`space.${name}.values`);
  if (listed)
    return (
      <>
        <Choices legend={`Values of ${name}`} values={listed.map(String)} chosen={own.chosen} onChange={(chosen) => onChange({ chosen })} />
        <Fault text={fault} />
      </>
    );
  return (
    <Field label="Values" help="With commas between." error={fault}>
      {(control) => <Input {...control} autoComplete="off" spellCheck={false} value={own.typed} onChange={(event) => onChange({ typed: event.target.value })} />}
    </Field>
  );
}

function WhenFields({ name, own, parents, faultOf, onChange }: SpaceFieldProps) {
  const parent = parents.find((one) => one.name === own.whenParameter);
  return (
    <div className="grid gap-2">
      <Field label="Varies" error={faultOf(`space.${name}.when`)}>
        {(control) => (
          <Select
            {...control}
            className="max-w-72"
            value={parent ? own.whenParameter : ""}
            onChange={(event) => onChange({ whenParameter: event.target.value, whenEquals: [] })}
            placeholder="In every run"
            options={parents.map((one) => ({ value: one.name, label: `Only for some values of ${one.name}` }))}
          />
        )}
      </Field>
      {parent && <Choices legend={`Values of ${parent.name} for which ${name} varies`} values={parent.values} chosen={own.whenEquals} onChange={(whenEquals) => onChange({ whenEquals })} />}
    </div>
  );
}
