import { formatPlain } from "@/components/ui/format/format-number";

/** Counts over shared edges → shares that can be laid over each other. */

export type HistogramBins = { edges: readonly number[]; counts: readonly number[] };

export type HistogramRow = {
  bin: string;
  from: number;
  to: number;
  count: number;
  share: number;
  reference: number | null;
};

export type PreparedHistogram = { rows: HistogramRow[]; total: number; referenceTotal: number; comparable: boolean };

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

function sameEdges(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((edge, index) => edge === b[index]);
}

/** Shares are of all counted values. A reference on other edges cannot be laid over and is left out (`comparable`). */
export function prepareHistogram(bins: HistogramBins, reference?: HistogramBins): PreparedHistogram {
  const total = sum(bins.counts);
  const comparable = reference === undefined || sameEdges(bins.edges, reference.edges);
  const over = comparable ? reference : undefined;
  const referenceTotal = over ? sum(over.counts) : 0;
  const rows = bins.counts.map((count, index) => {
    const from = bins.edges[index] ?? Number.NaN;
    const to = bins.edges[index + 1] ?? Number.NaN;
    return {
      bin: `${formatPlain(from, 3)} to ${formatPlain(to, 3)}`,
      from,
      to,
      count,
      share: total > 0 ? count / total : 0,
      reference: over && referenceTotal > 0 ? (over.counts[index] ?? 0) / referenceTotal : null,
    };
  });
  return { rows, total, referenceTotal, comparable };
}
