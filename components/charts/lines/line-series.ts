import type { SeriesLook } from "../colour-of";

/** What a line panel is given. `at` is in milliseconds since 1970; a null value is a gap. */

export type LinePoint = { step?: number; at?: number; value: number | null };

export type LineSeries = {
  id: string;
  label: string;
  points: readonly LinePoint[];
  /** When it began (ms since 1970), where its first points are not given: what "since start" counts from. */
  start?: number;
  /** Lines that it took the place of, drawn faint in its colour. */
  before?: readonly { label: string; points: readonly LinePoint[] }[];
  /** A stretch around each point, in their order: how far what it stands for is spread. */
  band?: readonly { low: number; high: number }[];
  /** Drawn stronger: the one the others are held against. */
  baseline?: boolean;
  /** Whose colour it takes when that is not its own id, such as the run's for one of its metrics. */
  colourId?: string;
  /** How it is drawn, where its own colour might be another's too. */
  look?: SeriesLook;
};

export type XMode = "step" | "wall" | "relative";

export type Range = { from: number; to: number };

export type ReferenceLine = { value: number; label: string; tone?: "neutral" | "warning" | "failed" };

/** A stretch of values (y) that is marked, such as the accepted range. */
export type ReferenceBand = { from: number; to: number; label: string };

/** A vertical mark at x, in the unit of the x mode. */
export type EventMark = { x: number; label: string };
