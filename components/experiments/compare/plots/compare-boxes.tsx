"use client";

import { parseAsString } from "nuqs";
import { useMemo } from "react";
import { BoxPlot } from "@/components/charts/boxes/box-plot";
import { looksApart } from "@/components/charts/colour-of";
import { Select } from "@/components/ui/forms/select";
import { useAddressState, useIsFrozen } from "../../address-state";
import { GroupBy } from "../compare-curves";
import { useCompareState } from "../compare-state";
import { groupChoices, groupRuns } from "../groups/group-runs";
import type { Shown } from "../table/compare-rows";
import type { Compared } from "../use-comparison";
import { fieldIds } from "./compared-fields";
import { useFieldOptions, useFields } from "./use-fields";

/** How a metric is spread within each group of runs. */
export function CompareBoxes({ compared, shown }: { compared: Compared; shown: Shown }) {
  const [{ by }] = useCompareState();
  const [{ box: picked }, set] = useAddressState({ box: parseAsString }, { history: "replace", shallow: true });
  const isFrozen = useIsFrozen();
  const options = useFieldOptions(compared, "metrics");
  const metric = picked ?? fieldIds(compared).metrics[0] ?? "";
  const [field] = useFields(compared, [metric], shown);
  const chosen = by ?? groupChoices(compared)[0]?.value ?? null;
  const groups = useMemo(() => {
    const grouped = groupRuns(compared, chosen) ?? [{ name: "All runs", places: compared.runs.map((_, place) => place) }];
    const looks = looksApart(grouped.map(({ name }) => ({ id: name })));
    return grouped.map(({ name, places }) => ({
      id: name,
      label: name,
      colour: looks.get(name)?.colour ?? 1,
      points: places.flatMap((place) => {
        const value = field?.values[place];
        return typeof value === "number" ? [{ label: compared.runs[place]?.name ?? "", value }] : [];
      }),
    }));
  }, [compared, chosen, field]);
  return (
    <div>
      <div hidden={isFrozen} className="mb-3 flex flex-wrap items-center gap-2 [&[hidden]]:hidden">
        <Select aria-label="Metric" className="max-w-52 flex-1 basis-40" options={options} value={metric} onChange={(event) => void set({ box: event.target.value })} />
        <GroupBy compared={compared} />
      </div>
      <BoxPlot title={`${field?.label ?? "…"} by ${chosen?.replace(/^(params|tags)\./, "") ?? "all runs"}`} groups={groups} />
    </div>
  );
}
