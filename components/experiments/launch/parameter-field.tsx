import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import { Select } from "@/components/ui/forms/select";
import { Slider } from "@/components/ui/forms/slider";
import { Switch } from "@/components/ui/forms/switch";
import type { ParameterSchema } from "@/server/domains/experiments/contract/recipe";
import { limitsOf } from "./launch-draft";

export type ParameterFieldProps = {
  name: string;
  schema: ParameterSchema;
  required: boolean;
  value: string | boolean;
  fault?: string;
  onChange: (value: string | boolean) => void;
};

/** What may be written, in words: the range, and what stands when nothing is. */
function limitsText(schema: ParameterSchema): string {
  const { minimum, maximum, above, below } = limitsOf(schema);
  const isClosed = minimum !== undefined && maximum !== undefined;
  const low = minimum !== undefined ? `${minimum} or more` : above !== undefined ? `more than ${above}` : "";
  const high = maximum !== undefined ? `${maximum} or less` : below !== undefined ? `less than ${below}` : "";
  const range = isClosed ? `${minimum} to ${maximum}` : [low, high].filter(Boolean).join(", ");
  const { default: standard, type } = schema;
  const parts = [range, standard !== undefined && standard !== "" && type !== "boolean" ? `default ${standard}` : ""].filter(Boolean);
  return parts.length > 0 ? `${parts.join(", ").replace(/^./, (first) => first.toUpperCase())}.` : "";
}

/** A range short enough that its steps can be told apart under a thumb. */
function sliderStep({ type, minimum, maximum, enum: options }: ParameterSchema): number | null {
  if (minimum === undefined || maximum === undefined || options) return null;
  if (type === "integer") return maximum - minimum <= 200 ? 1 : null;
  if (type !== "number" || minimum <= 0 || maximum / minimum > 100) return type === "number" && minimum >= 0 && maximum <= 1 && minimum === 0 ? 0.01 : null;
  return Number(((maximum - minimum) / 100).toPrecision(1));
}

/** A control made of one parameter's JSON schema: text, number, choice, range or switch. */
export function ParameterField({ name, schema, required, value, fault, onChange }: ParameterFieldProps) {
  const label = schema.title ?? name;
  const help = [schema.description?.replace(/[^.!?…]$/, "$&."), limitsText(schema)].filter(Boolean).join(" ");
  if (typeof value === "boolean")
    return (
      <div className="grid gap-1">
        <Switch label={label} checked={value} onChange={(event) => onChange(event.target.checked)} aria-describedby={help ? `${name}-switch-help` : undefined} />
        {help && (
          <p id={`${name}-switch-help`} className="text-label text-muted">
            {help}
          </p>
        )}
      </div>
    );
  const step = sliderStep(schema);
  return (
    <Field label={label} help={help || undefined} error={fault} required={required} optional={!required && schema.default === undefined}>
      {(control) => {
        if (schema.enum)
          return (
            <Select
              {...control}
              value={value}
              onChange={(event) => onChange(event.target.value)}
              placeholder={schema.default === undefined ? "Choose" : undefined}
              options={schema.enum.map((option) => ({ value: String(option), label: String(option) }))}
            />
          );
        const isNumber = schema.type !== "string";
        const input = (
          <Input
            {...control}
            inputMode={isNumber ? "decimal" : undefined}
            autoComplete="off"
            spellCheck={false}
            placeholder={schema.default === undefined ? undefined : String(schema.default)}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            suffix={schema.unit}
          />
        );
        if (step === null) return isNumber ? <span className="block max-w-48">{input}</span> : input;
        return (
          <span className="grid grid-cols-[minmax(0,1fr)_6rem] items-center gap-3">
            <Slider
              aria-label={`${label} by slider`}
              min={schema.minimum}
              max={schema.maximum}
              step={step}
              value={Number(value) || schema.minimum}
              onChange={(event) => onChange(event.target.value)}
            />
            {input}
          </span>
        );
      }}
    </Field>
  );
}
