// The shape of fasttrackml#860: experiments of 1,500 runs with 1,500 metrics each, logged through MLflow's wire as its client would.
import { call, inParallel } from "../peer/servers.mjs";

/** So many of the metrics are curves, so that charts have something to draw; the others are single values. */
const curves = 20;
const curveSteps = 50;
const batchLimit = 1_000;
const startedAt = 1_700_000_000_000;

export const keyOf = (at) => `${["train", "val", "test"][at % 3]}/m${String(at).padStart(4, "0")}`;
/** No two runs of an experiment have the same. */
export const loggedValue = (run, at, runs) => ((run * 7_919 + at * 31) % runs) / runs;
export const paramsOf = (run) => [["lr", String(0.1 / (1 + (run % 7)))], ["model", `m${run % 4}`], ["seed", String(run)]];
export const nameOf = (run) => `run-${String(run).padStart(4, "0")}`;

function pointsOf(run, { runs, metrics }) {
  const all = [];
  for (let at = 0; at < metrics; at += 1) {
    const steps = at < curves ? curveSteps : 1;
    for (let step = 0; step < steps; step += 1) {
      const last = loggedValue(run, at, runs);
      all.push({ key: keyOf(at), value: step === steps - 1 ? last : last + (steps - 1 - step) / steps, timestamp: startedAt + run * 1_000 + step, step });
    }
  }
  return all;
}

async function logRun(ours, experiment, run, shape) {
  const start = startedAt + run * 1_000;
  const { run: made } = await call(ours, "runs/create", { experiment_id: experiment, run_name: nameOf(run), start_time: start });
  const runId = made.info.run_id;
  const points = pointsOf(run, shape);
  for (let from = 0; from < points.length; from += batchLimit) await call(ours, "runs/log-batch", { run_id: runId, metrics: points.slice(from, from + batchLimit) });
  await call(ours, "runs/log-batch", { run_id: runId, params: paramsOf(run).map(([key, value]) => ({ key, value })) });
  await call(ours, "runs/update", { run_id: runId, status: "FINISHED", end_time: start + 60_000 });
  return { runId, points: points.length };
}

/** @returns the last experiment's number and runs, points in all and seconds */
export async function loadOurs(ours, shape) {
  const from = performance.now();
  let [points, last] = [0, null];
  for (let at = 0; at < shape.experiments; at += 1) {
    const { experiment_id: no } = await call(ours, "experiments/create", { name: `stress ${at}` });
    const runIds = [];
    await inParallel(shape.runs, 8, async (run) => {
      const logged = await logRun(ours, no, run, shape);
      runIds[run] = logged.runId;
      points += logged.points;
    });
    last = { no, runIds };
    process.stdout.write(`experiment ${at + 1} of ${shape.experiments}: ${((performance.now() - from) / 1_000).toFixed(0)} s, ${(points / ((performance.now() - from) / 1_000)).toFixed(0)} points/s\n`);
  }
  return { ...last, points, seconds: (performance.now() - from) / 1_000 };
}

/** One of the experiments is enough for the peer: it reads no other's rows, and loading all would take hours. */
export async function loadPeer(peer, { runs, metrics }) {
  const { experiment_id: id } = await call(peer, "experiments/create", { name: "stress" });
  const { database } = peer;
  await database.query("create temporary table made as select i, replace(gen_random_uuid()::text, '-', '') as id from generate_series(0, $1::int - 1) i", [runs]);
  await database.query(
    `insert into runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status, start_time, end_time, source_version, lifecycle_stage, artifact_uri, experiment_id)
     select id, 'run-' || lpad(i::text, 4, '0'), 'UNKNOWN', '', '', '', 'FINISHED', ${startedAt} + i::bigint * 1000, ${startedAt} + i::bigint * 1000 + 60000, '', 'active', 'mlflow-artifacts:/' || i, $1::int from made`,
    [id],
  );
  const keys = Array.from({ length: metrics }, (_, at) => keyOf(at));
  await database.query(
    `insert into latest_metrics (key, value, timestamp, step, is_nan, run_uuid)
     select k.key, ((made.i * 7919 + (k.at - 1) * 31) % ${runs})::float8 / ${runs}, ${startedAt} + made.i::bigint * 1000, 0, false, made.id from made cross join unnest($1::text[]) with ordinality k(key, at)`,
    [keys],
  );
  for (const [key, value] of [["lr", "(0.1::float8 / (1 + i % 7))::text"], ["model", "'m' || (i % 4)"], ["seed", "i::text"]]) await database.query(`insert into params (key, value, run_uuid) select $1, ${value}, id from made`, [key]);
  await database.query("insert into tags (key, value, run_uuid) select 'mlflow.runName', 'run-' || lpad(i::text, 4, '0'), id from made");
  for (const name of ["runs", "latest_metrics", "params", "tags"]) await database.query(`vacuum analyze ${name}`);
  return id;
}
