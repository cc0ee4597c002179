/** What every online backend offers: the latest row of a key, and the row as of a time within the kept history. */

export type OnlineValue = number | string | boolean | null;
export type OnlineRow = { eventTime: number; availableAt: number; values: OnlineValue[] };
export type KeyedRow = OnlineRow & { key: string };

/** A table is `view@shape`: a row's values are known by their places, so rows of another shape are another table's. */
export type OnlineStore = {
  /** Writes rows of one table. An older row never replaces a newer one; rows older than `historyMs` behind the newest of their key go. */
  put(table: string, rows: readonly KeyedRow[], historyMs: number): Promise<void>;
  /** The newest row of a key with `eventTime ≤ at` (ms), or the newest of all for null. Null when there is none. */
  get(table: string, key: string, at: number | null): OnlineRow | null;
  /** The tables of a view that hold rows, whatever their shapes. */
  tables(view: string): string[];
  drop(table: string): Promise<void>;
  usedBytes(): number;
  close(): Promise<void>;
};
