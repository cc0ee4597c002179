/**
 * Many long series share few x, and a plot of them would hold a cell for each x of each series. Here they are set on a
 * grid finer than a pixel: of each cell a series keeps its first, lowest, highest and last value, in their order. Pure.
 */

export type OwnLine = { xs: number[]; values: (number | null)[] };

export type SharedGrid = { xs: number[]; columns: (number | null | undefined)[][] };

const slotsAtMost = 2_400;
const perCell = 4;

/** Where there are no more x than a grid would have, each stands for itself. */
export function shareX(lines: readonly OwnLine[]): SharedGrid {
  const all = new Set<number>();
  for (const { xs } of lines) for (const x of xs) all.add(x);
  if (lines.length > 1 && all.size > slotsAtMost) return gridOf(lines, all);
  const xs = [...all].sort((a, b) => a - b);
  const places = new Map(xs.map((x, index) => [x, index]));
  const columns = lines.map((line) => {
    const column = new Array<number | null | undefined>(xs.length).fill(undefined);
    for (const [index, x] of line.xs.entries()) column[places.get(x) ?? 0] = line.values[index];
    return column;
  });
  return { xs, columns };
}

function gridOf(lines: readonly OwnLine[], all: ReadonlySet<number>): SharedGrid {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const x of all) [low, high] = [Math.min(low, x), Math.max(high, x)];
  const cells = slotsAtMost / perCell;
  const width = (high - low) / cells;
  const cellOf = (x: number) => Math.min(cells - 1, Math.floor((x - low) / width));
  const xs = Array.from({ length: slotsAtMost }, (_, slot) => low + ((slot + 0.5) * width) / perCell);
  return { xs, columns: lines.map((line) => onGrid(line, cellOf)) };
}

function onGrid({ xs, values }: OwnLine, cellOf: (x: number) => number): (number | null | undefined)[] {
  const column = new Array<number | null | undefined>(slotsAtMost).fill(undefined);
  for (let from = 0; from < xs.length; ) {
    const cell = cellOf(xs[from] ?? 0);
    let to = from;
    while (to < xs.length && cellOf(xs[to] ?? 0) === cell) to += 1;
    const kept = keptOf(values, from, to);
    const slots = kept.length < perCell && kept.length > 1 ? [0, 1, perCell - 1].slice(-kept.length) : [0, 1, 2, 3];
    for (const [index, value] of kept.entries()) column[cell * perCell + (slots[index] ?? index)] = value;
    from = to;
  }
  return column;
}

/** At most four, in their order; a gap counts only where there is nothing else. */
function keptOf(values: readonly (number | null)[], from: number, to: number): (number | null)[] {
  const drawn = Array.from({ length: to - from }, (_, index) => from + index).filter((index) => values[index] !== null);
  if (drawn.length <= perCell) return drawn.length > 0 ? drawn.map((index) => values[index] ?? null) : [null];
  let [lowest, highest] = [drawn[0] ?? from, drawn[0] ?? from];
  for (const index of drawn) {
    if ((values[index] ?? 0) < (values[lowest] ?? 0)) lowest = index;
    if ((values[index] ?? 0) > (values[highest] ?? 0)) highest = index;
  }
  const kept = [...new Set([drawn[0] ?? from, lowest, highest, drawn.at(-1) ?? from])].sort((a, b) => a - b);
  return kept.map((index) => values[index] ?? null);
}
