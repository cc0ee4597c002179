// What benches print: medians and tails of repeated measurements, tables in Markdown.

/** @param {number[]} values @param {number} share 0 to 1; the nearest rank */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}

export const median = (values) => quantile(values, 0.5);

/** @param {string[]} head @param {(string | number)[][]} rows */
export function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? "---" : "---:"))), ...rows.map(line)].join("\n");
}
