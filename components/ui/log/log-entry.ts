/** One line of a log; `n` is its number in the whole log, and stays it. */
export type LogEntry = { n: number; text: string; at?: string | number; stream?: "out" | "err" | "system" };
