"use client";

import { useMemo } from "react";
import type { SelectOption } from "@/components/ui/forms/select";
import type { Shown } from "../table/compare-rows";
import { useMetricColumns } from "../table/use-metric-columns";
import type { Compared } from "../use-comparison";
import { type Field, fieldIds, fieldsOf, metricKeysOf } from "./compared-fields";

const keysAtMost = 12;

/** Values of the named fields, over all runs. */
export function useFields(compared: Compared, ids: readonly string[], shown: Shown): Field[] {
  const keys = metricKeysOf(ids).slice(0, keysAtMost);
  const columns = useMetricColumns(compared, keys, 0, keys.length);
  const asked = ids.join(",");
  return useMemo(() => fieldsOf(compared, columns, asked.split(","), shown), [compared, columns, asked, shown]);
}

/** Everything that an axis can be, as a menu. */
export function useFieldOptions(compared: Compared, only: "all" | "groups" | "metrics" = "all"): SelectOption[] {
  return useMemo(() => {
    const { params, metrics, tags } = fieldIds(compared);
    const of = (group: string, ids: readonly string[]) => ids.map((value) => ({ value, label: value.slice(value.indexOf(".") + 1), group }));
    if (only === "metrics") return of("Metrics", metrics);
    return only === "groups" ? [...of("Params", params), ...of("Tags", tags)] : [...of("Params", params), ...of("Metrics", metrics), ...of("Tags", tags)];
  }, [compared, only]);
}
