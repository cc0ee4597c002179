/** Names in the environment that look like a setting's, but are none: a misspelt one would be silent. */

/** How many letters to change, add, drop or swap with the next, to 2; more is 3. */
export function lettersApart(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1];
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const step = Math.min((row[j] ?? 3) + 1, (next[j - 1] ?? 3) + 1, (row[j - 1] ?? 3) + (isSame ? 0 : 1));
      next.push(isSwapped ? Math.min(step, (before[j - 2] ?? 3) + 1) : step);
    }
    before = row;
    row = next;
  }
  return Math.min(3, row[b.length] ?? 3);
}

/** One sentence for each name that is near a setting's, in `known`. `others` are names of other parts, which are right as they are. */
export function misspeltSettings(given: readonly string[], known: readonly string[], others: readonly string[]): string[] {
  return given.flatMap((name) => {
    if (!/^_?SL[A-Z]*_/i.test(name) || known.includes(name) || others.includes(name)) return [];
    const nearest = known.map((setting) => ({ setting, apart: lettersApart(name.toUpperCase(), setting) })).sort((a, b) => a.apart - b.apart)[0];
    return nearest && nearest.apart <= 2 ? [`${name} is no setting and is ignored: did you mean ${nearest.setting}?`] : [];
  });
}
