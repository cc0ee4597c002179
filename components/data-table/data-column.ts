import type { ReactNode } from "react";

/** A column, said once: how it reads, what it is worth in a file, and how it may be used. */
export type DataColumn<Row> = {
  key: string;
  header: string;
  unit?: string;
  /** Shown on hovering the header. */
  help?: string;
  /** Heading in the column picker: "Metrics", "Params". */
  group?: string;
  align?: "left" | "right";
  width?: number;
  /** Instead of a width: as wide as its longest `value`, within these. */
  fit?: { atLeast: number; atMost: number };
  sortable?: boolean;
  /** Columns of the same thing read otherwise, offered beside it in the picker: its greatest value, its mean. */
  variants?: readonly { key: string; label: string }[];
  /** Stays in sight behind the first, whatever is picked. */
  always?: boolean;
  /** Not shown until it is picked. */
  optional?: boolean;
  cell: (row: Row) => ReactNode;
  /** The bare value for CSV; a column without one is left out of files. */
  value?: (row: Row) => string | number | boolean | null | undefined;
};

export type TableSort = { key: string; desc: boolean };
