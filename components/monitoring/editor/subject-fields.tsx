import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import { Select } from "@/components/ui/forms/select";
import { Section } from "@/components/ui/layout/section";
import type { DatasetView } from "@/server/domains/catalog/contract/catalog";
import type { ModelView } from "@/server/domains/models/contract";
import type { ProposedReference } from "@/server/domains/monitoring/contract/monitor";
import { nothingProposed, referenceOf, type SubjectDraft, trainedOnWords, whyDays } from "./start-draft";

type Props = {
  subject: SubjectDraft;
  models: readonly ModelView[];
  onModel: (name: string) => void;
  datasets: readonly Pick<DatasetView, "name" | "splits">[];
  /** Of the chosen dataset that hold days or times; empty until they are known. */
  columns: readonly string[];
  /** What the model's champion was trained on, and when its traffic begins; null until that is known. */
  proposed: ProposedReference | null;
  change: (change: Partial<SubjectDraft>) => void;
  faultOf: (path: string) => string | undefined;
};

const optionsOf = (names: readonly string[]) => names.map((name) => ({ value: name, label: name }));

/** What a monitor watches, and the time it holds it against. */
export function SubjectFields({ subject, models, onModel, datasets, columns, proposed, change, faultOf }: Props) {
  const day = (key: "from" | "to", label: string) => (
    <Field label={label} error={faultOf(`reference.${key}`)}>
      {(control) => <Input {...control} type="date" value={subject[key]} onChange={(event) => change({ [key]: event.target.value })} />}
    </Field>
  );
  const why = whyDays(datasets.find(({ name }) => name === subject.dataset), proposed, subject);
  return (
    <>
      <Section title="What it watches">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Model" help="Its champion's inferences are watched." error={faultOf("model")}>
            {(control) => <Select {...control} placeholder={subject.model === "" ? "Choose a model" : undefined} options={optionsOf(models.map(({ name }) => name))} value={subject.model} onChange={(event) => onModel(event.target.value)} />}
          </Field>
          <Field label="Name" help="Lower-case letters, digits, - and _. It can't be changed later." error={faultOf("name")}>
            {(control) => <Input {...control} mono autoComplete="off" maxLength={63} value={subject.name} onChange={(event) => change({ name: event.target.value })} />}
          </Field>
        </div>
      </Section>
      <Section title="Reference" description="Rows of a time when all was well; the champion scores them. Take rows that it was not trained on.">
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
          <Field label="Dataset" help={trainedOnWords(proposed?.trainedOn ?? null, subject.dataset)} error={faultOf("reference.dataset")}>
            {(control) => (
              <Select
                {...control}
                placeholder={subject.dataset === "" ? "Choose a dataset" : undefined}
                options={optionsOf(datasets.map(({ name }) => name))}
                value={subject.dataset}
                onChange={(event) => {
                  const chosen = datasets.find(({ name }) => name === event.target.value);
                  if (chosen) change(referenceOf(chosen, proposed ?? nothingProposed));
                }}
              />
            )}
          </Field>
          <Field label="By" error={faultOf("reference.column")}>
            {(control) => <Select {...control} options={optionsOf(columns)} value={subject.column} onChange={(event) => change({ column: event.target.value })} />}
          </Field>
          {day("from", "From")}
          {day("to", "To")}
        </div>
        {why && <p className="mt-2 text-label text-muted">{why}</p>}
      </Section>
    </>
  );
}
