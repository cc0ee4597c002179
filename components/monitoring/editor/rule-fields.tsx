import { Trash2 } from "lucide-react";
import { IconButton } from "@/components/ui/actions/icon-button";
import { cn } from "@/components/ui/class-names";
import { Input } from "@/components/ui/forms/input";
import { Select } from "@/components/ui/forms/select";
import { type Measure, measures, ofColumns } from "@/server/domains/monitoring/contract/definition";
import { measureTitles } from "../measure-words";
import type { RuleDraft } from "./draft";

const measureOptions = measures.map((measure) => ({ value: measure, label: measureTitles[measure] }));
const ofOptions = [{ value: "features", label: "each feature" }, { value: "score", label: "the score" }];
const unitOptions = [{ value: "h", label: "hours" }, { value: "d", label: "days" }];

type Props = { rule: RuleDraft; fault: string | undefined; mayRemove: boolean; onChange: (change: Partial<RuleDraft>) => void; onRemove: () => void };

/** One rule on one line, on a phone on a few: what is measured, of what, over how long. */
export function RuleFields({ rule, fault, mayRemove, onChange, onRemove }: Props) {
  const isOfColumns = ofColumns.includes(rule.measure);
  return (
    <li className="grid gap-1 border-line border-b px-4 py-2 last:border-b-0">
      <div className="grid grid-cols-[minmax(0,1fr)_auto_auto] items-center gap-2 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.35fr)_minmax(0,1fr)_auto_auto]">
        <span className="col-span-2 lg:col-span-1"><Input aria-label="Rule's name" mono value={rule.name} onChange={(event) => onChange({ name: event.target.value })} /></span>
        <span className="col-span-3 lg:col-span-1"><Select aria-label={`Measure of ${rule.name}`} options={measureOptions} value={rule.measure} onChange={(event) => onChange({ measure: event.target.value as Measure })} /></span>
        {isOfColumns ? <span className="max-sm:col-span-3"><Select aria-label={`Of what, ${rule.name}`} options={ofOptions} value={rule.of} onChange={(event) => onChange({ of: event.target.value as RuleDraft["of"] })} /></span> : <span className="px-2 text-muted text-table">all rows</span>}
        <span className={cn("col-span-2 flex items-center gap-2 lg:col-span-1", isOfColumns && "max-sm:col-span-3")}>
          <span className="text-label text-muted">over</span>
          <span className="w-12"><Input aria-label={`Window of ${rule.name}`} inputMode="numeric" value={rule.amount} onChange={(event) => onChange({ amount: event.target.value })} /></span>
          <span className="w-24"><Select aria-label={`Unit of the window, ${rule.name}`} options={unitOptions} value={rule.unit} onChange={(event) => onChange({ unit: event.target.value as RuleDraft["unit"] })} /></span>
        </span>
        <span className="col-start-3 row-start-1 lg:col-start-auto lg:row-start-auto"><IconButton label={`Remove the rule ${rule.name}`} icon={<Trash2 />} disabled={!mayRemove} onClick={onRemove} /></span>
      </div>
      {fault && <p role="alert" className="text-failed text-label">{fault}</p>}
    </li>
  );
}
