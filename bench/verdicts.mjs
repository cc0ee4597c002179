// What a bench was to show, what it measured, and whether that is enough; `bench/all.mjs` gathers it from every bench.
import { appendFileSync } from "node:fs";
import { table } from "./statistics.mjs";

const judged = [];

/**
 * @param {string} what
 * @param {number} value
 * @param {{ atMost?: number, atLeast?: number, unit?: string, digits?: number }} goal
 */
export function judge(what, value, { atMost, atLeast, unit = "", digits = 1 }) {
  const isMet = atMost === undefined ? value >= atLeast : value <= atMost;
  const goal = atMost === undefined ? `≥ ${atLeast}${unit}` : `≤ ${atMost}${unit}`;
  judged.push({ what, measured: `${value.toFixed(digits)}${unit}`, goal, isMet });
}

export const verdictRows = (all) => all.map(({ what, measured, goal, isMet }) => [what, measured, goal, isMet ? "met" : "MISSED"]);

/** Prints what was judged, and leaves it to whoever runs all benches. */
export function printVerdicts(bench) {
  process.stdout.write(`\n${table([bench, "measured", "goal", "verdict"], verdictRows(judged))}\n`);
  const file = process.env.SLIPWAY_BENCH_VERDICTS;
  if (file) for (const one of judged) appendFileSync(file, `${JSON.stringify({ bench, ...one })}\n`);
}
