/** Where attempts after the first begin in each metric: kept on write, so that a chart need not look for it. */
import { sql } from "drizzle-orm";
import type { Db, Tx } from "@/server/platform/db";
import { numbersOf } from "../field-keys";

export type KeySteps = { key: string; firstStep: number; isLine: boolean };

/**
 * Before the summaries take the batch in: they tell whether the metric had points, and how far. Written on the first batch of
 * an attempt, and again only where it begins earlier or shows its second step. Keys in order, as all writers lock.
 */
export async function putRestarts(tx: Tx, run: { id: string; experimentId: string }, attempt: { number: number; isTriedAgain: boolean }, keys: readonly KeySteps[]): Promise<void> {
  const keyIds = await numbersOf(tx, run.experimentId, "metric", keys.map(({ key }) => key));
  await tx.execute(sql`
    insert into metric_restarts as m (run_id, key_id, attempt, first_step, is_line, is_marked)
    select ${run.id}::uuid, n.key_id, ${attempt.number}::int, n.first_step, n.is_line, s.run_id is not null and (${attempt.isTriedAgain}::boolean or s.last_step >= n.first_step)
    from unnest(${sql.param(keyIds)}::int[], ${sql.param(keys.map(({ firstStep }) => firstStep))}::bigint[], ${sql.param(keys.map(({ isLine }) => isLine))}::boolean[]) n(key_id, first_step, is_line)
    left join metric_summaries s on s.run_id = ${run.id}::uuid and s.key_id = n.key_id
    on conflict (run_id, key_id, attempt) do update set
      first_step = least(m.first_step, excluded.first_step), is_line = m.is_line or excluded.is_line or excluded.first_step <> m.first_step
    where excluded.first_step < m.first_step or (not m.is_line and (excluded.is_line or excluded.first_step <> m.first_step))`);
}

export type Restart = { runId: string; attempt: number; step: number; isMarked: boolean };

/** Of a metric, in the order of attempts; one that is a single point so far supersedes nothing. */
export async function readRestarts(db: Db, runIds: readonly string[], key: string): Promise<Restart[]> {
  const result = await db.execute<{ run_id: string; attempt: number; first_step: number; is_marked: boolean }>(sql`
    select m.run_id, m.attempt, m.first_step, m.is_marked from unnest(${sql.param(runIds)}::uuid[]) w(run_id)
    join runs r on r.id = w.run_id and r.attempts > 1
    join field_keys k on k.experiment_id = r.experiment_id and k.scope = 'metric' and k.key = ${key}
    join metric_restarts m on m.run_id = r.id and m.key_id = k.id
    where m.is_line order by m.run_id, m.attempt`);
  return result.rows.map((row) => ({ runId: row.run_id, attempt: row.attempt, step: Number(row.first_step), isMarked: row.is_marked }));
}
