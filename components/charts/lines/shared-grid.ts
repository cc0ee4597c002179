/**
 * Many long series share few x, and a plot of them would hold a cell for each x of each series. Here they are set on a
 * grid finer than a pixel: of each cell a series keeps its first, lowest, highest and last value, in their order. Pure.
 */

export type OwnLine = { xs: number[]; values: (number | null)[] };

export type SharedGrid = { xs: number[]; columns: (number | null | undefined)[][] };

const slotsAtMost = 2_400;
const perCell = 4;

/** All x of all lines, or null where they are more than a grid would have. */
function fewX(lines: readonly OwnLine[]): Set<number> | null {
  const all = new Set<number>();
  for (const { xs } of lines) {
    for (const x of xs) all.add(x);
    if (lines.length > 1 && all.size > slotsAtMost) return null;
  }
  return all;
}

/** Lines have their x in order. Where there are no more of them than a grid would have, each stands for itself. */
export function shareX(lines: readonly OwnLine[]): SharedGrid {
  const all = fewX(lines);
  if (all === null) return gridOf(lines);
  const xs = [...all].sort((a, b) => a - b);
  const places = new Map(xs.map((x, index) => [x, index]));
  const columns = lines.map((line) => {
    const column = new Array<number | null | undefined>(xs.length).fill(undefined);
    for (let index = 0; index < line.xs.length; index += 1) column[places.get(line.xs[index] ?? 0) ?? 0] = line.values[index];
    return column;
  });
  return { xs, columns };
}

function gridOf(lines: readonly OwnLine[]): SharedGrid {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { xs } of lines) [low, high] = [Math.min(low, xs[0] ?? low), Math.max(high, xs.at(-1) ?? high)];
  const cells = slotsAtMost / perCell;
  const width = (high - low) / cells;
  const cellOf = (x: number) => Math.min(cells - 1, Math.floor((x - low) / width));
  const xs = Array.from({ length: slotsAtMost }, (_, slot) => low + ((slot + 0.5) * width) / perCell);
  return { xs, columns: lines.map((line) => onGrid(line, cellOf)) };
}

const slotsOf: readonly (readonly number[])[] = [[], [0], [1, 3], [0, 1, 3], [0, 1, 2, 3]];

function onGrid({ xs, values }: OwnLine, cellOf: (x: number) => number): (number | null | undefined)[] {
  const column = new Array<number | null | undefined>(slotsAtMost).fill(undefined);
  for (let from = 0; from < xs.length; ) {
    const cell = cellOf(xs[from] ?? 0);
    let to = from + 1;
    while (to < xs.length && cellOf(xs[to] ?? 0) === cell) to += 1;
    // Most cells of many curves hold one point.
    if (to === from + 1) column[cell * perCell] = values[from];
    else {
      const kept = keptOf(values, from, to);
      const slots = slotsOf[kept.length] ?? [];
      for (let index = 0; index < kept.length; index += 1) column[cell * perCell + (slots[index] ?? index)] = kept[index];
    }
    from = to;
  }
  return column;
}

/** At most four, in their order; a gap counts only where there is nothing else. */
function keptOf(values: readonly (number | null)[], from: number, to: number): (number | null)[] {
  const drawn: number[] = [];
  for (let index = from; index < to; index += 1) if (values[index] !== null) drawn.push(index);
  if (drawn.length <= perCell) return drawn.length > 0 ? drawn.map((index) => values[index] ?? null) : [null];
  let [lowest, highest] = [drawn[0] ?? from, drawn[0] ?? from];
  for (const index of drawn) {
    if ((values[index] ?? 0) < (values[lowest] ?? 0)) lowest = index;
    if ((values[index] ?? 0) > (values[highest] ?? 0)) highest = index;
  }
  const kept = [...new Set([drawn[0] ?? from, lowest, highest, drawn.at(-1) ?? from])].sort((a, b) => a - b);
  return kept.map((index) => values[index] ?? null);
}
