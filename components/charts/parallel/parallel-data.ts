/** What a parallel-coordinates chart is given, and what a brush over one of its axes says. */

export type ParallelAxis = {
  key: string;
  label: string;
  kind: "numeric" | "category";
  /** Numeric only; a column with a value of 0 or less is drawn linear all the same. */
  log?: boolean;
  /** Drawn stronger: what the others are held against. */
  strong?: boolean;
};

export type ParallelValue = number | string | boolean | null;

export type ParallelRow = {
  id: string;
  label: string;
  /** A series colour, 1…8, or a place on the ramp from faint to strong, 0…1. */
  colour: number | { shade: number };
  values: Readonly<Record<string, ParallelValue | undefined>>;
};

/** Of a numeric axis a stretch of values, of a category axis the names. */
export type AxisBrush = { from: number; to: number } | { among: readonly string[] };

export type Brushes = Readonly<Record<string, AxisBrush>>;
