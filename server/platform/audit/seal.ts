/** Chains committed audit rows, a scope at a time, and verifies the chain; run every second by the worker. */
import { sql } from "drizzle-orm";
import type { Database, Db, Tx } from "../db";
import { chainHash, chainStart, type ChainedRow } from "./chain";

type Row = {
  id: string; at: Date; actor_kind: string; actor_id: string; action: string; subject_kind: string | null;
  subject_id: string | null; details: unknown; request_id: string; seq: number; hash: string;
};

const sealBatch = 1_000;
const columns = sql.raw("id, at, actor_kind, actor_id, action, subject_kind, subject_id, details, request_id, seq, hash");

function chained(row: Row, seq: number): ChainedRow {
  return {
    id: row.id, at: new Date(row.at), actorKind: row.actor_kind, actorId: row.actor_id, action: row.action,
    subjectKind: row.subject_kind, subjectId: row.subject_id, details: row.details, requestId: row.request_id, seq,
  };
}

const scopeIs = (projectId: string | null) =>
  projectId === null ? sql`project_id is null` : sql`project_id = ${projectId}`;

/** Seals every scope's tail; returns how many rows were chained. Several sealers may run: an advisory lock lets one in. */
export async function sealAudit(db: Database): Promise<number> {
  return db.transaction(async (tx) => {
    const lock = await tx.execute<{ held: boolean }>(sql`select pg_try_advisory_xact_lock(hashtext('slipway.audit')) as held`);
    if (!lock.rows[0]?.held) return 0;
    const scopes = await tx.execute<{ project_id: string | null }>(
      sql`select distinct project_id from audit_log where seq is null`,
    );
    let sealed = 0;
    for (const { project_id } of scopes.rows) sealed += await sealScope(tx, project_id);
    return sealed;
  });
}

async function sealScope(tx: Tx, projectId: string | null): Promise<number> {
  const head = await chainHead(tx, projectId);
  const rows = await tx.execute<Row>(
    sql`select ${columns} from audit_log where ${scopeIs(projectId)} and seq is null order by id limit ${sealBatch}`,
  );
  let { seq, hash } = head;
  const ids: string[] = [];
  const seqs: number[] = [];
  const hashes: string[] = [];
  for (const row of rows.rows) {
    seq += 1;
    hash = chainHash(hash, chained(row, seq));
    ids.push(row.id);
    seqs.push(seq);
    hashes.push(hash);
  }
  if (ids.length === 0) return 0;
  await tx.execute(sql`
    update audit_log a set seq = s.seq, hash = s.hash
    from unnest(${sql.param(ids)}::uuid[], ${sql.param(seqs)}::bigint[], ${sql.param(hashes)}::text[]) as s(id, seq, hash)
    where a.id = s.id`);
  return ids.length;
}

export async function chainHead(db: Db, projectId: string | null): Promise<{ seq: number; hash: string }> {
  const result = await db.execute<{ seq: number; hash: string }>(
    sql`select seq, hash from audit_log where ${scopeIs(projectId)} and seq is not null order by seq desc limit 1`,
  );
  return result.rows[0] ?? { seq: 0, hash: chainStart };
}

export type ChainVerdict = { sealed: number; unsealed: number; head: string; brokenAt: number | null };

/** Walks the chain from its start; `brokenAt` is the first sequence number that does not fit. */
export async function verifyAudit(db: Db, projectId: string | null): Promise<ChainVerdict> {
  let previous = chainStart;
  let expected = 0;
  for (;;) {
    const page = await db.execute<Row>(
      sql`select ${columns} from audit_log where ${scopeIs(projectId)} and seq > ${expected} order by seq limit ${sealBatch}`,
    );
    for (const row of page.rows) {
      expected += 1;
      const hash = chainHash(previous, chained(row, expected));
      if (row.seq !== expected || row.hash !== hash) {
        return { sealed: expected, unsealed: 0, head: previous, brokenAt: expected };
      }
      previous = hash;
    }
    if (page.rows.length < sealBatch) break;
  }
  const tail = await db.execute<{ n: number }>(
    sql`select count(*) as n from audit_log where ${scopeIs(projectId)} and seq is null`,
  );
  return { sealed: expected, unsealed: tail.rows[0]?.n ?? 0, head: previous, brokenAt: null };
}
