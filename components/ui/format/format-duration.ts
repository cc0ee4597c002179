/** Durations in milliseconds → `840 ms`, `3.4 s`, `2 m 10 s`, `2 h 04 m`, `3 d 04 h`. */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const two = (value: number) => String(value).padStart(2, "0");

function pair(ms: number, big: number, small: number, names: [string, string]): string {
  const units = Math.round(ms / small);
  const ratio = big / small;
  return `${Math.floor(units / ratio)} ${names[0]} ${two(units % ratio)} ${names[1]}`;
}

export function formatDuration(ms: number | null | undefined): string {
  if (ms === null || ms === undefined || !Number.isFinite(ms)) return "–";
  if (ms < 0) return `−${formatDuration(-ms)}`;
  if (ms === 0) return "0 s";
  if (ms < 0.9995) return `${Math.max(1, Math.round(ms * 1000))} µs`;
  if (ms < 9.95) return `${ms.toFixed(1)} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 9.95 * SECOND) return `${(ms / SECOND).toFixed(1)} s`;
  if (ms < 59.5 * SECOND) return `${Math.round(ms / SECOND)} s`;
  if (ms < HOUR - SECOND / 2) return pair(ms, MINUTE, SECOND, ["m", "s"]);
  if (ms < DAY - MINUTE / 2) return pair(ms, HOUR, MINUTE, ["h", "m"]);
  return pair(ms, DAY, HOUR, ["d", "h"]);
}
