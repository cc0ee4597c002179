/** A stable look for an id: the same run has the same colour and dash on every page and on every day. */

export type SeriesLook = { colour: number; dash: readonly number[] };

export const SERIES_COLOURS = 8;

const DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 3], [8, 3, 2, 3]];

/** FNV-1a: short, even, and the same in every language, should the server ever draw. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  // The low bits of FNV mix poorly; fold the high ones in.
  return (value ^ (value >>> 15)) >>> 0;
}

/** The colour's number, 1…8, for `var(--series-n)`. */
export function colourOf(id: string): number {
  return (hash(id) % SERIES_COLOURS) + 1;
}

export function colourVar(id: string): string {
  return `var(--series-${colourOf(id)})`;
}

/** `colourId` lends the colour of something else: a run's, for each of its metrics. `look` was given it by who shows it. */
export type Looked = { id: string; colourId?: string; look?: SeriesLook };

/**
 * Looks for series shown together. Colours stay those of the ids; where two share one, the later gets the next dash,
 * so that no two look alike before 32 of them.
 */
export function looksOf(series: readonly Looked[]): Map<string, SeriesLook> {
  const seen = new Map<number, number>();
  const looks = new Map<string, SeriesLook>();
  for (const each of [...series].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    if (looks.has(each.id)) continue;
    if (each.look) {
      looks.set(each.id, each.look);
      continue;
    }
    const colour = colourOf(each.colourId ?? each.id);
    const times = seen.get(colour) ?? 0;
    seen.set(colour, times + 1);
    looks.set(each.id, { colour, dash: DASHES[times % DASHES.length] ?? [] });
  }
  return looks;
}

/**
 * Looks for a few that are held against each other: each keeps the colour that it has on every other page, unless one
 * before it has the same; then it takes the next free one. No colour twice before the ninth, no look before the 33rd.
 */
export function looksApart(series: readonly Looked[]): Map<string, SeriesLook> {
  const looks = new Map<string, SeriesLook>();
  const take = (id: string, own: number, isFree: (colour: number) => boolean, dash: number): boolean => {
    const colours = Array.from({ length: SERIES_COLOURS }, (_, step) => ((own - 1 + step) % SERIES_COLOURS) + 1);
    const colour = colours.find(isFree);
    if (colour !== undefined) looks.set(id, { colour, dash: DASHES[dash % DASHES.length] ?? [] });
    return colour !== undefined;
  };
  let left = [...new Map(series.map((each) => [each.id, each])).values()];
  for (let dash = 0; left.length > 0; dash += 1) {
    const taken = new Set<number>();
    const place = (ask: (own: number) => (colour: number) => boolean) => {
      left = left.filter(({ id, colourId }) => {
        const own = colourOf(colourId ?? id);
        const isPlaced = take(id, own, ask(own), dash);
        if (isPlaced) taken.add(looks.get(id)?.colour ?? own);
        return !isPlaced;
      });
    };
    place((own) => (colour) => colour === own && !taken.has(colour));
    place(() => (colour) => !taken.has(colour));
  }
  return looks;
}
