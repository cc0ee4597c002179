// The same runs in both stores, written into their tables at once; what they answer is compared through their APIs.
import { call } from "../peer/servers.mjs";

/** A permutation of 0 … n-1, so that no two losses are equal and the order is one. */
const shuffled = (n) => `((i::bigint * 7919 + 13) % ${n})`;
const values = (n) => ({ loss: `(${shuffled(n)}::float8 / ${n})`, auc: "((i * 31) % 1000) / 1000.0::float8", acc: "((i * 17) % 100) / 100.0::float8" });
const params = { model: "'m' || (i % 4)", lr: "(0.1 / (1 + i % 7))::text", seed: "i::text" };
/** A prime that divides none of the sizes keeps the permutation one. */
const startTime = "(1700000000000 + i::bigint * 1000)";

export async function loadOurs(ours, n) {
  const { experiment_id: no } = await call(ours, "experiments/create", { name: `search ${n}` });
  const { database } = ours;
  const { rows: [experiment] } = await database.query("select id, project_id from experiments where no = $1", [no]);
  await database.query("create temporary table made as select i, gen_random_uuid() as id from generate_series(0, $1::int - 1) i", [n]);
  await database.query(
    `insert into runs (id, project_id, experiment_id, name, status, start_time, end_time, artifact_uri)
     select id, $2, $1, 'run-' || i, 'FINISHED', ${startTime}, ${startTime} + 500, 'mlflow-artifacts:/' || i from made`,
    [experiment.id, experiment.project_id],
  );
  const keyId = async (scope, key) => {
    const { rows: [made] } = await database.query("insert into field_keys (experiment_id, scope, key) values ($1, $2, $3) returning id", [experiment.id, scope, key]);
    return made.id;
  };
  for (const [key, value] of Object.entries(values(n))) {
    await database.query(
      `insert into metric_summaries (run_id, key_id, last_value, last_step, last_timestamp, min_value, min_step, max_value, max_step, first_timestamp, count, value_sum, value_count)
       select id, $1::int, v, 10, ${startTime}, v, 10, v, 10, ${startTime}, 1, v, 1 from (select i, id, ${value} as v from made) m`,
      [await keyId("metric", key)],
    );
  }
  for (const [key, value] of Object.entries(params)) await database.query(`insert into run_params (run_id, key_id, value) select id, $1::int, ${value} from made`, [await keyId("param", key)]);
  await database.query("insert into run_tags (run_id, key_id, value) select id, $1::int, 'run-' || i from made", [await keyId("tag", "mlflow.runName")]);
  await database.query("drop table made");
  for (const name of ["runs", "metric_summaries", "run_params", "run_tags", "field_keys"]) await database.query(`vacuum analyze ${name}`);
  return no;
}

export async function loadPeer(peer, n) {
  const { experiment_id: id } = await call(peer, "experiments/create", { name: `search ${n}` });
  const { database } = peer;
  await database.query("create temporary table made as select i, replace(gen_random_uuid()::text, '-', '') as id from generate_series(0, $1::int - 1) i", [n]);
  await database.query(
    `insert into runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status, start_time, end_time, source_version, lifecycle_stage, artifact_uri, experiment_id)
     select id, 'run-' || i, 'UNKNOWN', '', '', '', 'FINISHED', ${startTime}, ${startTime} + 500, '', 'active', 'mlflow-artifacts:/' || i, $1::int from made`,
    [id],
  );
  for (const [key, value] of Object.entries(values(n))) {
    await database.query(`insert into latest_metrics (key, value, timestamp, step, is_nan, run_uuid) select $1, ${value}, ${startTime}, 10, false, id from made`, [key]);
  }
  for (const [key, value] of Object.entries(params)) await database.query(`insert into params (key, value, run_uuid) select $1, ${value}, id from made`, [key]);
  await database.query("insert into tags (key, value, run_uuid) select 'mlflow.runName', 'run-' || i, id from made");
  await database.query("drop table made");
  for (const name of ["runs", "latest_metrics", "params", "tags"]) await database.query(`vacuum analyze ${name}`);
  return id;
}
