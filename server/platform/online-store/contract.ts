/** What every online backend offers: the latest row of a key, and the row as of a time within the kept history. */

export type OnlineValue = number | string | boolean | null;
export type OnlineRow = { eventTime: number; availableAt: number; values: OnlineValue[] };
export type KeyedRow = OnlineRow & { key: string };

export type OnlineStore = {
  /** Writes rows of one view. An older row never replaces a newer one; rows older than `historyMs` behind the newest of their key go. */
  put(view: string, rows: readonly KeyedRow[], historyMs: number): Promise<void>;
  /** The newest row of a key with `eventTime ≤ at` (ms), or the newest of all for null. Null when there is none. */
  get(view: string, key: string, at: number | null): OnlineRow | null;
  drop(view: string): Promise<void>;
  usedBytes(): number;
  close(): Promise<void>;
};
