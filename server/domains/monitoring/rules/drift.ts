/** One column's distribution now over the reference: the index, where it comes from, and bins to draw. Pure. */
import type { ColumnDrift, DriftBin } from "../contract/monitor";
import { scoreColumn } from "../contract/columns";
import { ksBounds, mergeGroups, psi, psiPart, sumOf } from "./divergence";
import { groupsOf } from "./histogram";
import type { BaselineColumn, countsOf } from "./sums";

type Counts = ReturnType<typeof countsOf>;

/** `ends` is the last bin of each drawn bin. */
export function driftBins(column: BaselineColumn, current: ArrayLike<number>, ends: readonly number[]): DriftBin[] {
  const reference = mergeGroups(column.counts, ends);
  const now = mergeGroups(current, ends);
  const referenceTotal = Math.max(1, sumOf(reference));
  const nowTotal = Math.max(1, sumOf(now));
  return ends.map((end, at) => {
    const p = (reference[at] ?? 0) / referenceTotal;
    const q = (now[at] ?? 0) / nowTotal;
    const previous = ends[at - 1];
    return { from: previous === undefined ? null : (column.edges[previous] ?? null), to: column.edges[end] ?? null, reference: p, current: q, contribution: psiPart(p, q) };
  });
}

const fineGroups = 40;

export function columnDrift(column: BaselineColumn, now: Counts, lastDay: Counts, facts: { minRows: number; isFine: boolean; limit: number | null; firstBadWindow: Date | null }): ColumnDrift {
  const hasSpread = column.edges.length > 0;
  const isEnough = now.present >= facts.minRows && hasSpread;
  const value = isEnough ? psi(column.counts, now.bins, column.groups) : null;
  const ks = isEnough ? ksBounds(column.counts, now.bins) : null;
  const referenceRows = sumOf(column.counts) + column.nulls;
  const rows = now.present + now.nulls;
  return {
    column: column.name, isScore: column.name === scoreColumn, rows, psi: value, psiDay: lastDay.present >= facts.minRows && hasSpread ? psi(column.counts, lastDay.bins, column.groups) : null,
    ks: ks?.low ?? null, ksUpper: ks?.high ?? null, nullShare: rows > 0 ? now.nulls / rows : null, referenceNullShare: referenceRows > 0 ? column.nulls / referenceRows : 0,
    limit: facts.limit, ratio: value !== null && facts.limit ? value / facts.limit : null, firstBadWindow: facts.firstBadWindow,
    bins: driftBins(column, now.bins, facts.isFine ? groupsOf(column.counts, fineGroups) : column.groups),
  };
}
