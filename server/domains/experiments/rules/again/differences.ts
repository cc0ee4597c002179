/** What came out different of a run that was done again. Pure. */
import type { MetricChange, ValueChange } from "../../contract/again/resume-repeat";
import type { KeyValue, MetricSummary } from "../../contract/run";

const sameBits = (a: number | null, b: number | null) => Object.is(a, b);

/** All that is known of a metric without reading its points: values and steps, not when they were logged. */
const compared = ["lastValue", "lastStep", "minValue", "minStep", "maxValue", "maxStep", "count", "valueSum", "valueCount"] as const;

function changeOf(key: string, a: MetricSummary | undefined, b: MetricSummary | undefined): MetricChange {
  const [before, after] = [a?.lastValue ?? null, b?.lastValue ?? null];
  const difference = before === null || after === null ? null : after - before;
  const relative = difference === null || before === null || before === 0 ? null : difference / Math.abs(before);
  return { key, before, after, difference, relative, isIdentical: a !== undefined && b !== undefined && compared.every((name) => sameBits(a[name], b[name])) };
}

const sizeOf = ({ relative, difference }: MetricChange) => Math.abs(relative ?? difference ?? Number.POSITIVE_INFINITY);

/** What the machine did is no result. */
const isOfSystem = (key: string) => key.startsWith("system/");

/** The largest relative difference first; those that are identical last. */
export function metricChanges(before: readonly MetricSummary[], after: readonly MetricSummary[]): MetricChange[] {
  const [a, b] = [before, after].map((all) => new Map(all.map((summary) => [summary.key, summary])));
  const keys = [...new Set([...before, ...after].map(({ key }) => key))].filter((key) => !isOfSystem(key)).sort();
  const changes = keys.map((key) => changeOf(key, a?.get(key), b?.get(key)));
  return changes.sort((x, y) => Number(x.isIdentical) - Number(y.isIdentical) || (x.isIdentical ? 0 : sizeOf(y) - sizeOf(x)));
}

/** Pairs that differ, or that only one has. */
export function pairChanges(before: readonly KeyValue[], after: readonly KeyValue[]): ValueChange[] {
  const [a, b] = [before, after].map((all) => new Map(all.map(({ key, value }) => [key, value])));
  const keys = [...new Set([...before, ...after].map(({ key }) => key))].sort();
  return keys.flatMap((label) => {
    const change = { label, before: a?.get(label) ?? null, after: b?.get(label) ?? null };
    return change.before === change.after ? [] : [change];
  });
}
