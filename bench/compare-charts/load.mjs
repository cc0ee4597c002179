// The same curves in both stores: ours logged through the API, the peer's written into its tables.
import { call, inParallel, untilSealed } from "../peer/servers.mjs";

export const shortMetrics = ["accuracy", "grad_norm", "lr"];
const shortPoints = 1_000;
const tenths = 10;
const startedAt = 1_700_000_000_000;

/** A seeded generator (mulberry32): the same spikes each time. */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One up and one down in the middle of each tenth of a run, in a random place: none hides another of its kind. */
export function spikesOf(run, points) {
  const random = generator(run + 1);
  const place = (tenth) => Math.floor(((tenth + 0.2 + random() * 0.6) * points) / tenths);
  return new Map(Array.from({ length: tenths }, (_, tenth) => [[place(tenth), 3 + random()], [place(tenth), -3 - random()]]).flat());
}

/** Whole numbers and divisions only: PostgreSQL and JavaScript come to the same double. */
const baseOf = (run, step) => 1_000 / (1_000 + step) + ((step * 7_919 + run * 104_729) % 1_009) / 10_090;
const baseInSql = "1000::float8 / (1000 + step)::float8 + ((step * 7919 + run * 104729) % 1009)::float8 / 10090::float8";

export const loggedValue = (spikes, run, step) => spikes.get(step) ?? baseOf(run, step);

async function logRun(ours, run, points) {
  const { run: made } = await call(ours, "runs/create", { experiment_id: "0", run_name: `run-${run}`, start_time: startedAt });
  const runId = made.info.run_id;
  const spikes = spikesOf(run, points);
  const point = (key, step, value) => ({ key, value, timestamp: startedAt + step * 10, step });
  for (let from = 0; from < points; from += 1_000) {
    const size = Math.min(1_000, points - from);
    await call(ours, "runs/log-batch", { run_id: runId, metrics: Array.from({ length: size }, (_, at) => point("loss", from + at, loggedValue(spikes, run, from + at))) });
  }
  for (const key of shortMetrics) {
    await call(ours, "runs/log-batch", { run_id: runId, metrics: Array.from({ length: shortPoints }, (_, at) => point(key, at, baseOf(run, at))) });
  }
  await call(ours, "runs/update", { run_id: runId, status: "FINISHED", end_time: startedAt + points * 10 });
  return runId.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** @returns ids of the runs, in order, and how long logging and sealing took */
export async function loadOurs(ours, runs, points) {
  const ids = Array.from({ length: runs }, () => "");
  const from = performance.now();
  await inParallel(runs, 4, async (run) => {
    ids[run] = await logRun(ours, run, points);
  });
  const logged = performance.now();
  await untilSealed(ours);
  await ours.database.query("vacuum analyze metric_chunks");
  return { ids, seconds: (logged - from) / 1_000, sealSeconds: (performance.now() - logged) / 1_000 };
}

export async function loadPeer(peer, runs, points) {
  const { database } = peer;
  const ids = [];
  for (let run = 0; run < runs; run += 1) {
    const { run: made } = await call(peer, "runs/create", { experiment_id: "0", run_name: `run-${run}`, start_time: startedAt });
    const id = made.info.run_id;
    await database.query(
      `insert into metrics (key, value, timestamp, step, is_nan, run_uuid) select 'loss', ${baseInSql}, ${startedAt} + step * 10, step, false, $1
       from (select step, $2::bigint as run from generate_series(0::bigint, $3::bigint - 1) step) s`,
      [id, run, points],
    );
    const spikes = [...spikesOf(run, points)];
    await database.query("update metrics m set value = s.value from unnest($2::bigint[], $3::float8[]) s(step, value) where m.run_uuid = $1 and m.key = 'loss' and m.step = s.step", [
      id, spikes.map(([step]) => step), spikes.map(([, value]) => value),
    ]);
    ids.push(id);
  }
  await database.query("vacuum analyze metrics");
  return ids;
}
