"use client";

import { useRouter } from "next/navigation";
import { parseAsBoolean, parseAsString } from "nuqs";
import { useMemo } from "react";
import { looksApart } from "@/components/charts/colour-of";
import { type ScatterGroup, ScatterPanel } from "@/components/charts/scatter/scatter-panel";
import { Select } from "@/components/ui/forms/select";
import { Switch } from "@/components/ui/forms/switch";
import { useAddressState, useIsFrozen } from "../../address-state";
import { GroupBy } from "../compare-curves";
import { useCompareState } from "../compare-state";
import { groupRuns } from "../groups/group-runs";
import { runHref } from "../../run-identity";
import type { Shown } from "../table/compare-rows";
import type { Compared } from "../use-comparison";
import { fieldIds } from "./compared-fields";
import { useFieldOptions, useFields } from "./use-fields";

const parsers = { px: parseAsString, py: parseAsString, xlog: parseAsBoolean, ylog: parseAsBoolean };

/** Each run as a point: how one thing goes with another. */
export function CompareScatter({ compared, shown }: { compared: Compared; shown: Shown }) {
  const [{ by }] = useCompareState();
  const [state, set] = useAddressState(parsers, { history: "replace", shallow: true });
  const router = useRouter();
  const isFrozen = useIsFrozen();
  const options = useFieldOptions(compared);
  const first = useMemo(() => fieldIds(compared), [compared]);
  const px = state.px ?? first.params[0] ?? first.metrics[1] ?? "";
  const py = state.py ?? first.metrics[0] ?? "";
  const [x, y] = useFields(compared, [px, py], shown);
  const groups = useMemo<ScatterGroup[]>(() => {
    const grouped = groupRuns(compared, by) ?? [{ name: "Runs", places: compared.runs.map((_, place) => place) }];
    const looks = looksApart(grouped.map(({ name }) => ({ id: name })));
    return grouped.map(({ name, places }) => ({
      name,
      colour: looks.get(name)?.colour ?? 1,
      points: places.flatMap((place) => {
        const run = compared.runs[place];
        const [at, value] = [x?.values[place], y?.values[place]];
        return run && at !== null && at !== undefined && typeof value === "number" ? [{ id: run.id, label: run.name, x: at, y: value }] : [];
      }),
    }));
  }, [compared, by, x, y]);
  const isLog = { x: state.xlog ?? x?.log ?? false, y: state.ylog ?? y?.log ?? false };
  const metricOptions = options.filter(({ value }) => !value.startsWith("tags."));
  return (
    <div>
      <div hidden={isFrozen} className="mb-3 flex flex-wrap items-center gap-2 [&[hidden]]:hidden">
        <Select aria-label="Across" className="max-w-48 flex-1 basis-40" options={options} value={px} onChange={(event) => void set({ px: event.target.value, xlog: null })} />
        <Select aria-label="Upward" className="max-w-48 flex-1 basis-40" options={metricOptions} value={py} onChange={(event) => void set({ py: event.target.value, ylog: null })} />
        <GroupBy compared={compared} />
        {x?.kind === "numeric" && <Switch label="Log across" checked={isLog.x} onChange={(event) => void set({ xlog: event.target.checked })} />}
        <Switch label="Log upward" checked={isLog.y} onChange={(event) => void set({ ylog: event.target.checked })} />
      </div>
      <ScatterPanel
        title={`${y?.label ?? "…"} by ${x?.label ?? "…"}`}
        xLabel={x?.label ?? ""}
        yLabel={y?.label ?? ""}
        xKind={x?.kind ?? "numeric"}
        log={isLog}
        groups={groups}
        height={380}
        onChoose={(id) => router.push(runHref(compared.project, id))}
      />
    </div>
  );
}
