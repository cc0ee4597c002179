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

/** Looks by place, for a few that are held against each other: no colour twice before the ninth. */
export function looksByPlace(ids: readonly string[]): Map<string, SeriesLook> {
  return new Map(ids.map((id, place) => [id, { colour: (place % SERIES_COLOURS) + 1, dash: DASHES[Math.floor(place / SERIES_COLOURS) % DASHES.length] ?? [] }]));
}
