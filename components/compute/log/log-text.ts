/** A log as lines, built from slices of bytes as they come; pure. */
import type { LogEntry } from "@/components/ui/log/log-entry";
import { formatBytes } from "@/components/ui/format/format-bytes";
import type { LogSlice } from "@/server/domains/compute/contract/job";

export type LogText = {
  lines: readonly LogEntry[];
  /** The number of the next whole line, and the text of the line that has not ended yet. */
  next: number;
  open: string;
  /** Bytes read up to here, of `size`. */
  to: number;
  size: number;
  ended: boolean;
  expired: boolean;
};

export const emptyLog: LogText = { lines: [], next: 1, open: "", to: 0, size: 0, ended: false, expired: false };

/** A terminal shows what was written last over a line; so does this. */
function overwritten(line: string): string {
  const text = line.endsWith("\r") ? line.slice(0, -1) : line;
  return text.slice(text.lastIndexOf("\r") + 1);
}

export function appendSlice(log: LogText, slice: LogSlice): LogText {
  const facts = { size: slice.size, ended: slice.ended, expired: slice.expired };
  // Two reads may overlap: what is held already is not taken twice.
  if (slice.to <= log.to || slice.from < log.to) return { ...log, ...facts };
  const whole = log.open === "" ? [...log.lines] : log.lines.slice(0, -1);
  let { next, open } = log;
  const push = (text: string, stream?: "system") => {
    whole.push({ n: next, text, ...(stream ? { stream } : {}) });
    next += 1;
  };
  if (slice.from > log.to) {
    if (open !== "") push(overwritten(open));
    open = "";
    push(`${formatBytes(slice.from - log.to)} left out: a log keeps its head and its tail`, "system");
  }
  const parts = (open + slice.text).split("\n");
  open = parts.pop() ?? "";
  for (const part of parts) push(overwritten(part));
  const lines = open === "" ? whole : [...whole, { n: next, text: overwritten(open) }];
  return { lines, next, open, to: slice.to, ...facts };
}
