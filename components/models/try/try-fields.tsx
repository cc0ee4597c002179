import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import type { EndpointView } from "@/server/domains/models/serving/contract";
import { eventTimeInput } from "@/server/domains/models/serving/contract";
import { type Draft, matrixOf } from "./try-draft";

type Props = { endpoint: EndpointView; draft: Draft; onText: (name: string, text: string) => void };

function KeyFields({ endpoint, draft, onText }: Props) {
  const { keys = [], request = [] } = endpoint.byKeys ?? {};
  const value = (name: string) => ({ value: draft.texts[name] ?? "", onChange: (event: { target: { value: string } }) => onText(name, event.target.value) });
  return (
    <>
      {keys.map(({ name, views }) => (
        <Field key={name} label={name} help={`A key of ${views.join(", ")}.`}>{(control) => <Input {...control} autoComplete="off" {...value(name)} />}</Field>
      ))}
      {request.map(({ name, unit, description }) => (
        <Field key={name} label={name} help={description || undefined}>{(control) => <Input {...control} inputMode="decimal" autoComplete="off" suffix={unit || undefined} placeholder="absent" {...value(name)} />}</Field>
      ))}
      <Field label={eventTimeInput} help="Features are read as they were known at this moment. Empty: now." className="sm:col-span-2">
        {(control) => <Input {...control} autoComplete="off" placeholder="2001-06-15T12:00:00Z" {...value(eventTimeInput)} />}
      </Field>
    </>
  );
}

function RowFields({ endpoint, draft, onText }: Props) {
  const matrix = matrixOf(endpoint);
  if (matrix) {
    return matrix.features.map((name) => (
      <Field key={name} label={name}>
        {(control) => <Input {...control} inputMode="decimal" autoComplete="off" placeholder="absent" value={draft.texts[name] ?? ""} onChange={(event) => onText(name, event.target.value)} />}
      </Field>
    ));
  }
  return endpoint.inputs.map(({ name, datatype, shape }) => (
    <Field key={name} label={name} help={`${datatype}, shape [${shape.join(", ")}] (-1 is any size): the values of one row, separated by commas.`} className="sm:col-span-2">
      {(control) => <Input {...control} mono autoComplete="off" value={draft.texts[name] ?? ""} onChange={(event) => onText(name, event.target.value)} />}
    </Field>
  ));
}

/** A form made from the signature: keys and request features where the endpoint completes the rest, or a whole row. */
export function TryFields(props: Props) {
  const isKeyed = props.draft.mode === "keys" && props.endpoint.byKeys !== null;
  return <div className="grid grid-cols-1 content-start items-start gap-3 sm:grid-cols-2">{isKeyed ? <KeyFields {...props} /> : <RowFields {...props} />}</div>;
}
