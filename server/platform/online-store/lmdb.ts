/** The embedded online store: LMDB, one key a (table, key, event time); several processes may hold it open. */
import { mkdirSync } from "node:fs";
import { open, type RootDatabase } from "lmdb";
import type { KeyedRow, OnlineRow, OnlineStore, OnlineValue } from "./contract";

type Stored = [availableAt: number, ...values: OnlineValue[]];
type StoreKey = [table: string, key: string, eventTime: number];

const latest = Number.MAX_SAFE_INTEGER;
const maxTrimPerWrite = 4;
const dropsPerCommit = 10_000;

/** Sorts after all rows of a table and before any other's: names have no spaces. */
const pastTable = (table: string) => `${table} `;

/** `durable: false` is for a store that is thrown away: its commits do not wait for the disk. */
export function lmdbOnlineStore(folder: string, { durable = true } = {}): OnlineStore {
  mkdirSync(folder, { recursive: true });
  const db: RootDatabase<Stored, StoreKey> = open({ path: folder, mapSize: 64 * 1024 ** 3, noSubdir: false, maxReaders: 256, noSync: !durable });

  const newest = (table: string, key: string, at: number): OnlineRow | null => {
    for (const { key: found, value } of db.getRange({ start: [table, key, at], end: [table, key, -latest], reverse: true, limit: 1 })) {
      const [availableAt, ...values] = value;
      return { eventTime: found[2], availableAt, values };
    }
    return null;
  };

  /** A few old rows go with each write, so that a key's history stays bounded at O(1) a write. */
  const trim = (table: string, key: string, before: number): void => {
    const old = [...db.getKeys({ start: [table, key, -latest], end: [table, key, before], limit: maxTrimPerWrite })];
    for (const stale of old) db.removeSync(stale);
  };

  return {
    async put(table, rows, historyMs) {
      await db.transaction(() => {
        const newestOf = new Map<string, number>();
        for (const row of rows) putRow(db, table, row, newestOf);
        for (const [key, eventTime] of newestOf) trim(table, key, eventTime - historyMs);
      });
    },
    get: (table, key, at) => newest(table, key, at ?? latest),
    tables(view) {
      const found: string[] = [];
      // One seek a table; `A` follows `@`.
      for (let start = view; ; ) {
        const [key] = [...db.getKeys({ start: [start, "", -latest], end: [`${view}A`, "", -latest], limit: 1 })];
        if (!key) return found;
        const [table] = key;
        if (table === view || table.startsWith(`${view}@`)) found.push(table);
        start = pastTable(table);
      }
    },
    async drop(table) {
      const rows = { start: [table, "", -latest], end: [pastTable(table), "", -latest], limit: dropsPerCommit };
      for (let dropped = dropsPerCommit; dropped === dropsPerCommit; ) {
        dropped = await db.transaction(() => {
          const keys = [...db.getKeys(rows)];
          for (const key of keys) db.removeSync(key);
          return keys.length;
        });
      }
    },
    usedBytes: () => Number((db.getStats() as { fileSize?: number }).fileSize ?? 0),
    close: () => db.close(),
  };
}

/** Of two rows with one event time, the one that became available later stands. */
function putRow(db: RootDatabase<Stored, StoreKey>, table: string, row: KeyedRow, newestOf: Map<string, number>): void {
  const key: StoreKey = [table, row.key, row.eventTime];
  const known = db.get(key);
  if (known && known[0] > row.availableAt) return;
  db.putSync(key, [row.availableAt, ...row.values]);
  newestOf.set(row.key, Math.max(row.eventTime, newestOf.get(row.key) ?? row.eventTime));
}
