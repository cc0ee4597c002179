import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import { Segmented } from "@/components/ui/forms/segmented";
import { Select } from "@/components/ui/forms/select";
import { Section } from "@/components/ui/layout/section";
import type { PrunerKind, SamplerKind, SweepDraft } from "./sweep-draft";

export type MethodFieldsProps = {
  draft: SweepDraft;
  metrics: readonly string[];
  earlier: readonly { id: string; name: string; runs: number }[];
  /** Null where no prices are set. */
  currency: string | null;
  faultOf: (field: string) => string | undefined;
  onMetric: (metric: string) => void;
  onChange: (field: string, next: Partial<SweepDraft>) => void;
};

const samplers: { value: SamplerKind; label: string }[] = [
  { value: "tpe", label: "TPE" },
  { value: "cmaes", label: "CMA-ES" },
  { value: "random", label: "Random" },
  { value: "grid", label: "Grid" },
];
const samplerHelp: Record<SamplerKind, string> = {
  tpe: "Learns from finished runs where good ones lie; good for most spaces, conditional ones too.",
  cmaes: "Learns how ranges act together; for two or more numbers and a hundred runs or more.",
  random: "Independent of what came before.",
  grid: "Each combination once; the budget caps it.",
};
const pruners: { value: PrunerKind; label: string }[] = [
  { value: "none", label: "None" },
  { value: "median", label: "Median" },
  { value: "asha", label: "ASHA" },
  { value: "hyperband", label: "Hyperband" },
];
const prunerHelp: Record<PrunerKind, string> = {
  none: "Every run goes to its end.",
  median: "Stops a run that is worse than the median of the others at the same step.",
  asha: "Keeps the best share of runs at each rung of steps.",
  hyperband: "ASHA with several first rungs side by side.",
};
const directions = [
  { value: "minimize", label: "Minimize" },
  { value: "maximize", label: "Maximize" },
] as const;
const ofWhat = [
  { value: "last", label: "Last value" },
  { value: "best", label: "Best value" },
] as const;

export function ObjectiveFields({ draft, metrics, faultOf, onMetric, onChange }: MethodFieldsProps) {
  return (
    <Section title="Objective">
      <div className="grid max-w-xl gap-4">
        <Field label="Metric" help="As the runs log it." error={faultOf("objective.metric")} required>
          {(control) => (
            <>
              <Input {...control} list="sweep-metrics" autoComplete="off" spellCheck={false} value={draft.metric} onChange={(event) => onMetric(event.target.value)} />
              <datalist id="sweep-metrics">
                {metrics.map((key) => (
                  <option key={key} value={key} />
                ))}
              </datalist>
            </>
          )}
        </Field>
        <div className="flex flex-wrap gap-3">
          <Segmented label="Direction" options={directions} value={draft.direction} onValueChange={(direction) => onChange("direction", { direction })} />
          <Segmented label="Which value of a run" options={ofWhat} value={draft.of} onValueChange={(of) => onChange("of", { of })} />
        </div>
      </div>
    </Section>
  );
}

type NumberKey = "startupRuns" | "warmupSteps" | "minStep" | "maxStep" | "reduction" | "runs" | "hours" | "cost" | "parallelism" | "seed";

function NumberField({ draft, name, field, label, help, optional, faultOf, onChange }: Pick<MethodFieldsProps, "draft" | "faultOf" | "onChange"> & { name: NumberKey; field: string; label: string; help?: string; optional?: boolean }) {
  return (
    <Field label={label} help={help} error={faultOf(field)} optional={optional}>
      {(control) => <Input {...control} inputMode="decimal" autoComplete="off" value={draft[name]} onChange={(event) => onChange(field, { [name]: event.target.value })} />}
    </Field>
  );
}

const prunerFields: Record<PrunerKind, { name: NumberKey; label: string; help: string }[]> = {
  none: [],
  median: [
    { name: "startupRuns", label: "Runs before", help: "That end before any is stopped." },
    { name: "warmupSteps", label: "Steps before", help: "Of each run." },
  ],
  asha: [
    { name: "minStep", label: "First rung", help: "In steps." },
    { name: "reduction", label: "Keep one in", help: "At each rung." },
  ],
  hyperband: [
    { name: "minStep", label: "First rung", help: "In steps." },
    { name: "maxStep", label: "Last step", help: "Of a whole run." },
    { name: "reduction", label: "Keep one in", help: "At each rung." },
  ],
};

export function SearchFields(props: MethodFieldsProps) {
  const { draft, earlier, faultOf, onChange } = props;
  const learns = draft.sampler === "tpe" || draft.sampler === "cmaes";
  return (
    <Section title="Search">
      <div className="grid max-w-xl gap-4">
        <Field label="Sampler" help={samplerHelp[draft.sampler]} error={faultOf("sampler.kind")}>
          {(control) => <Select {...control} options={samplers} value={draft.sampler} onChange={(event) => onChange("sampler.kind", { sampler: event.target.value as SamplerKind, startFrom: "" })} />}
        </Field>
        {learns && earlier.length > 0 && (
          <Field label="Start from" optional help="Finished runs of an earlier sweep that it learns from." error={faultOf("startFrom")}>
            {(control) => (
              <Select
                {...control}
                placeholder="Nothing"
                value={draft.startFrom}
                onChange={(event) => onChange("startFrom", { startFrom: event.target.value })}
                options={earlier.map(({ id, name, runs }) => ({ value: id, label: `${name} (${runs} finished)` }))}
              />
            )}
          </Field>
        )}
        <Field label="Pruner" help={prunerHelp[draft.pruner]} error={faultOf("pruner.kind")}>
          {(control) => <Select {...control} options={pruners} value={draft.pruner} onChange={(event) => onChange("pruner.kind", { pruner: event.target.value as PrunerKind })} />}
        </Field>
        {prunerFields[draft.pruner].length > 0 && (
          <div className="grid grid-cols-2 gap-3 sm:grid-cols-3">
            {prunerFields[draft.pruner].map((field) => (
              <NumberField key={field.name} {...props} {...field} field={`pruner.${field.name}`} />
            ))}
          </div>
        )}
        <div className="grid grid-cols-2 gap-3 sm:grid-cols-3">
          <NumberField {...props} name="runs" field="budget.runs" label="Runs" />
          <NumberField {...props} name="parallelism" field="parallelism" label="At once" />
          <NumberField {...props} name="hours" field="budget.hours" label="Hours" help="Of all runs together." optional />
          {props.currency !== null && <NumberField {...props} name="cost" field="budget.cost" label={`Cost in ${props.currency}`} help="Of all runs together." optional />}
          <NumberField {...props} name="seed" field="seed" label="Seed" help="Left empty, one is drawn." optional />
        </div>
      </div>
    </Section>
  );
}
