/** The embedded online store: LMDB, one key a (view, key, event time); several processes may hold it open. */
import { mkdirSync } from "node:fs";
import { open, type RootDatabase } from "lmdb";
import type { KeyedRow, OnlineRow, OnlineStore, OnlineValue } from "./contract";

type Stored = [availableAt: number, ...values: OnlineValue[]];
type StoreKey = [view: string, key: string, eventTime: number];

const latest = Number.MAX_SAFE_INTEGER;
const maxTrimPerWrite = 4;

/** `durable: false` is for a store that is thrown away: its commits do not wait for the disk. */
export function lmdbOnlineStore(folder: string, { durable = true } = {}): OnlineStore {
  mkdirSync(folder, { recursive: true });
  const db: RootDatabase<Stored, StoreKey> = open({ path: folder, mapSize: 64 * 1024 ** 3, noSubdir: false, maxReaders: 256, noSync: !durable });

  const newest = (view: string, key: string, at: number): OnlineRow | null => {
    for (const { key: found, value } of db.getRange({ start: [view, key, at], end: [view, key, -latest], reverse: true, limit: 1 })) {
      const [availableAt, ...values] = value;
      return { eventTime: found[2], availableAt, values };
    }
    return null;
  };

  /** A few old rows go with each write, so that a key's history stays bounded at O(1) a write. */
  const trim = (view: string, key: string, before: number): void => {
    const old = [...db.getKeys({ start: [view, key, -latest], end: [view, key, before], limit: maxTrimPerWrite })];
    for (const stale of old) db.removeSync(stale);
  };

  return {
    async put(view, rows, historyMs) {
      await db.transaction(() => {
        const newestOf = new Map<string, number>();
        for (const row of rows) putRow(db, view, row, newestOf);
        for (const [key, eventTime] of newestOf) trim(view, key, eventTime - historyMs);
      });
    },
    get: (view, key, at) => newest(view, key, at ?? latest),
    async drop(view) {
      await db.transaction(() => {
        for (const key of [...db.getKeys({ start: [view, "", -latest], end: [`${view}\u0000`, "", -latest] })]) db.removeSync(key);
      });
    },
    usedBytes: () => Number((db.getStats() as { fileSize?: number }).fileSize ?? 0),
    close: () => db.close(),
  };
}

/** Of two rows with one event time, the one that became available later stands. */
function putRow(db: RootDatabase<Stored, StoreKey>, view: string, row: KeyedRow, newestOf: Map<string, number>): void {
  const key: StoreKey = [view, row.key, row.eventTime];
  const known = db.get(key);
  if (known && known[0] > row.availableAt) return;
  db.putSync(key, [row.availableAt, ...row.values]);
  newestOf.set(row.key, Math.max(row.eventTime, newestOf.get(row.key) ?? row.eventTime));
}
