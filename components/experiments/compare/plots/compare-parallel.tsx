"use client";

import { X } from "lucide-react";
import { useRouter } from "next/navigation";
import { createParser, parseAsString } from "nuqs";
import { useMemo } from "react";
import type { AxisBrush, Brushes, ParallelAxis, ParallelRow } from "@/components/charts/parallel/parallel-data";
import { ParallelPanel } from "@/components/charts/parallel/parallel-panel";
import { IconButton } from "@/components/ui/actions/icon-button";
import { Select } from "@/components/ui/forms/select";
import { useAddressState, useIsFrozen } from "../../address-state";
import { runHref } from "../../run-identity";
import type { Shown } from "../table/compare-rows";
import type { Compared } from "../use-comparison";
import { type Field, firstAxes } from "./compared-fields";
import { useFieldOptions, useFields } from "./use-fields";

const axesAtMost = 14;

/** `params.lr:0.01..0.1;params.model:gbdt|mlp`, each part encoded. */
const brushParser = createParser<Brushes>({
  parse(text) {
    const brushes: Record<string, AxisBrush> = {};
    for (const part of text.split(";")) {
      const [key, said] = part.split("~");
      const [from, to] = (said ?? "").split("..").map(Number);
      if (!key || !said) continue;
      if (said.includes("..") && from !== undefined && to !== undefined && from <= to) brushes[decodeURIComponent(key)] = { from, to };
      else if (said.startsWith("=")) brushes[decodeURIComponent(key)] = { among: said.slice(1).split("|").map(decodeURIComponent) };
    }
    return Object.keys(brushes).length > 0 ? brushes : null;
  },
  serialize: (brushes) =>
    Object.entries(brushes)
      .map(([key, brush]) => `${encodeURIComponent(key)}~${"among" in brush ? `=${brush.among.map(encodeURIComponent).join("|")}` : `${brush.from}..${brush.to}`}`)
      .join(";"),
  eq: (a, b) => JSON.stringify(a) === JSON.stringify(b),
});

const parsers = { axes: parseAsString, shade: parseAsString, brush: brushParser };

/** Light from low to high: of a shade field, where a run's value stands in its extent. */
function shadesOf(field: Field | undefined): (place: number) => number | null {
  const numbers = field?.values.filter((value) => typeof value === "number") ?? [];
  const low = numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = numbers.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return (place) => {
    const value = field?.values[place];
    return typeof value === "number" && high > low ? (value - low) / (high - low) : null;
  };
}

export function CompareParallel({ compared, shown }: { compared: Compared; shown: Shown }) {
  const [state, set] = useAddressState(parsers, { history: "replace", shallow: true });
  const router = useRouter();
  const isFrozen = useIsFrozen();
  const ids = useMemo(() => (state.axes === null ? firstAxes(compared) : state.axes.split(",").filter(Boolean)).slice(0, axesAtMost), [state.axes, compared]);
  const options = useFieldOptions(compared);
  const shadeId = state.shade ?? ids.findLast((id) => id.startsWith("metrics.")) ?? "";
  const fields = useFields(compared, ids, shown);
  const [shade] = useFields(compared, [shadeId], shown);
  const axes = useMemo<ParallelAxis[]>(() => fields.map(({ id, label, kind, log }) => ({ key: id, label, kind, log, strong: id === shadeId })), [fields, shadeId]);
  const rows = useMemo<ParallelRow[]>(() => {
    const shadeAt = shadesOf(shade);
    return compared.runs.map((run, place) => {
      const share = shadeAt(place);
      return { id: run.id, label: run.name, colour: share === null ? (compared.looks.get(run.id)?.colour ?? 1) : { shade: share }, values: Object.fromEntries(fields.map(({ id, values }) => [id, values[place] ?? null])) };
    });
  }, [compared, fields, shade]);
  const brushes = state.brush ?? {};
  const unused = options.filter(({ value }) => !ids.includes(value));

  return (
    <div>
      <div hidden={isFrozen} className="mb-3 flex flex-wrap items-center gap-2 [&[hidden]]:hidden">
        <ul aria-label="Axes" className="flex flex-wrap gap-1.5">
          {fields.map(({ id, label }) => (
            <li key={id} className="flex items-center rounded-md border border-line bg-panel pl-2 text-label">
              <span className="max-w-40 truncate">{label}</span>
              <IconButton label={`Remove the axis ${label}`} icon={<X />} size="sm" onClick={() => void set({ axes: ids.filter((each) => each !== id).join(",") })} />
            </li>
          ))}
        </ul>
        {unused.length > 0 && ids.length < axesAtMost && (
          <Select aria-label="Add an axis" placeholder="Add an axis" className="max-w-44 flex-1 basis-40" options={unused} value="" onChange={(event) => event.target.value && void set({ axes: [...ids, event.target.value].join(",") })} />
        )}
        <Select aria-label="Shade by" className="max-w-52 flex-1 basis-40" options={[{ value: "-", label: "Each run’s own colour" }, ...options.map((option) => ({ ...option, label: `Shade by ${option.label}` }))]} value={shadeId || "-"} onChange={(event) => void set({ shade: event.target.value })} />
      </div>
      <ParallelPanel
        title="Parallel coordinates"
        description={isFrozen ? undefined : "Draw a stretch on an axis to keep the runs that pass through it; click one to clear it. A click on a line opens its run."}
        axes={axes}
        rows={rows}
        brushes={brushes}
        onBrushes={(next) => void set({ brush: Object.keys(next).length > 0 ? next : null })}
        onChoose={(id) => router.push(runHref(compared.project, id))}
        height={360}
        empty="Two axes or more are needed."
      />
    </div>
  );
}
