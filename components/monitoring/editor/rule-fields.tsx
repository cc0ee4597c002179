import { Trash2 } from "lucide-react";
import { IconButton } from "@/components/ui/actions/icon-button";
import { Input } from "@/components/ui/forms/input";
import { Select } from "@/components/ui/forms/select";
import { type Measure, measures, ofColumns } from "@/server/domains/monitoring/contract/definition";
import { measureTitles } from "../measure-words";
import type { RuleDraft } from "./draft";

const measureOptions = measures.map((measure) => ({ value: measure, label: measureTitles[measure] }));
const ofOptions = [{ value: "features", label: "each feature" }, { value: "score", label: "the score" }];
const unitOptions = [{ value: "h", label: "hours" }, { value: "d", label: "days" }];

type Props = { rule: RuleDraft; fault: string | undefined; mayRemove: boolean; onChange: (change: Partial<RuleDraft>) => void; onRemove: () => void };

/** One rule on one line: what is measured, of what, over how long. */
export function RuleFields({ rule, fault, mayRemove, onChange, onRemove }: Props) {
  return (
    <li className="grid gap-1 border-line border-b px-4 py-2 last:border-b-0">
      <div className="flex flex-wrap items-center gap-2">
        <span className="w-36"><Input aria-label="Rule's name" mono value={rule.name} onChange={(event) => onChange({ name: event.target.value })} /></span>
        <span className="w-40"><Select aria-label={`Measure of ${rule.name}`} options={measureOptions} value={rule.measure} onChange={(event) => onChange({ measure: event.target.value as Measure })} /></span>
        {ofColumns.includes(rule.measure) ? <span className="w-32"><Select aria-label={`Of what, ${rule.name}`} options={ofOptions} value={rule.of} onChange={(event) => onChange({ of: event.target.value as RuleDraft["of"] })} /></span> : <span className="w-32 px-2 text-muted text-table">all rows</span>}
        <span className="text-label text-muted">over</span>
        <span className="w-14"><Input aria-label={`Window of ${rule.name}`} inputMode="numeric" value={rule.amount} onChange={(event) => onChange({ amount: event.target.value })} /></span>
        <span className="w-20"><Select aria-label={`Unit of the window, ${rule.name}`} options={unitOptions} value={rule.unit} onChange={(event) => onChange({ unit: event.target.value as RuleDraft["unit"] })} /></span>
        <IconButton label={`Remove the rule ${rule.name}`} icon={<Trash2 />} disabled={!mayRemove} onClick={onRemove} />
      </div>
      {fault && <p role="alert" className="text-failed text-label">{fault}</p>}
    </li>
  );
}
