/** Per metric and group: mean and interval, and how the group differs from the baseline's; pure. */
import type { MetricColumn, PairColumn } from "@/server/domains/experiments/contract/compare";
import type { BetterEnd } from "@/server/domains/experiments/contract/run";
import { compareMeans, type MeanInterval, type MeanTest, meanInterval, type Sample } from "@/server/domains/experiments/rules/compare/mean-tests";
import { betterEnd } from "../../metrics/better-end";
import { cellAt, type Shown } from "../table/compare-rows";
import { type GroupedRuns, isSeedLike } from "./group-runs";

export type GroupCell = { mean: MeanInterval; test: MeanTest | null } | null;

export type GroupRow = { key: string; end: BetterEnd | null; cells: GroupCell[] };

/** What repeats are paired by: all their seed-like params together; null for a run that has none. */
export function pairsOf(params: readonly PairColumn[], count: number): (string | null)[] {
  const seeds = params.filter(({ key }) => isSeedLike(key));
  return Array.from({ length: count }, (_, place) => {
    const own = seeds.map(({ key, values }) => (values[place] === null ? "" : `${key}=${values[place]}`)).filter((part) => part !== "");
    return own.length > 0 ? own.join() : null;
  });
}

/** Cells in the order of the groups; the test is against the group at `base`. What is no finite number is left out. */
export function groupRow(column: MetricColumn, groups: readonly GroupedRuns[], base: number, pairs: readonly (string | null)[], shown: Shown): GroupRow {
  const end = betterEnd(column);
  const samples = groups.map(({ places }) =>
    places.flatMap((place): Sample[] => {
      const value = cellAt(column, place, end, shown)?.value;
      return value !== undefined && Number.isFinite(value) ? [{ pair: pairs[place] ?? null, value }] : [];
    }),
  );
  const reference = samples[base] ?? [];
  return {
    key: column.key,
    end,
    cells: samples.map((own, index) => (own.length === 0 ? null : { mean: meanInterval(own.map(({ value }) => value)), test: index === base ? null : compareMeans(reference, own) })),
  };
}
