// Logging metrics: 1, 8 and 32 clients, batches of 1, 10 and 1,000 points, each client in a run of its own; then what a batch costs with many points behind it.
// node bench/log-metrics/run.mjs [seconds a cell] [--history 1e7] [--only-history]      (peer: stock mlflow server; floor: COPY of the same points into one table)
import { call, startOurs, startPeer, stopAll, untilSealed } from "../peer/servers.mjs";
import { median, quantile, table } from "../statistics.mjs";
import { judge, printVerdicts } from "../verdicts.mjs";

const flag = process.argv.indexOf("--history");
const behind = flag > 0 ? Number(process.argv[flag + 1]) : 10_000_000;
const isOnlyHistory = process.argv.includes("--only-history");
const seconds = Number(process.argv.find((word, at) => at > 1 && at !== flag + 1 && /^\d+$/.test(word)) ?? 5);
const clients = [1, 8, 32];
const sizes = [1, 10, 1_000];
const keys = 10;

/** Ten metrics by turns, values that do not repeat. */
function batchOf(size, step) {
  return Array.from({ length: size }, (_, at) => ({ key: `m${at % keys}`, value: Math.sin(step + at) * 0.5 + 0.5, timestamp: 1_700_000_000_000 + step * 10 + at, step: step + Math.floor(at / keys) }));
}

const newRun = async (server, name) => (await call(server, "runs/create", { experiment_id: "0", run_name: name, start_time: Date.now() })).run.info.run_id;

async function logUntil(server, runId, size, end, times) {
  let sent = 0;
  for (let step = 0; performance.now() < end; step += Math.ceil(size / keys)) {
    const from = performance.now();
    // The peer refuses calls when its pool is used up: what it did not take is not counted, and shows in its rate.
    const isTaken = await call(server, "runs/log-batch", { run_id: runId, metrics: batchOf(size, step) }).then(() => true, () => false);
    if (!isTaken) continue;
    times.push(performance.now() - from);
    sent += size;
  }
  return sent;
}

/** Points as a reader finds them: what was acknowledged must be there, once. */
async function countPoints(server, runId, ofKeys = keys) {
  let count = 0;
  for (let key = 0; key < ofKeys; key += 1) {
    let token;
    do {
      const asked = new URLSearchParams({ run_id: runId, metric_key: `m${key}`, max_results: "25000", ...(token ? { page_token: token } : {}) });
      const headers = server.token ? { authorization: `Bearer ${server.token}` } : {};
      const page = await (await fetch(`${server.url}/api/2.0/mlflow/metrics/get-history?${asked}`, { headers })).json();
      count += page.metrics?.length ?? 0;
      token = page.next_page_token;
    } while (token);
  }
  return count;
}

async function measure(server, count, size) {
  const runs = await Promise.all(Array.from({ length: count }, (_, at) => newRun(server, `${count} ${size} ${at}`)));
  const times = [];
  const from = performance.now();
  const sent = await Promise.all(runs.map((runId) => logUntil(server, runId, size, from + seconds * 1_000, times)));
  const took = (performance.now() - from) / 1_000;
  const held = await countPoints(server, runs[0]);
  if (held !== sent[0]) throw new Error(`${server.name}: ${sent[0]} points were acknowledged and ${held} are there`);
  const total = sent.reduce((sum, of) => sum + of, 0);
  return { rate: total / took, calls: times.length / took, p50: median(times), p95: quantile(times, 0.95), total, runs };
}

async function floorRate(database) {
  await database.query("create table floor_points (run_id uuid, key text, value float8, timestamp bigint, step bigint)");
  const from = performance.now();
  await database.query("insert into floor_points select gen_random_uuid(), 'm' || (i % 10), random(), 1700000000000 + i, i / 10 from generate_series(1, 1000000) i");
  const rate = 1_000_000 / ((performance.now() - from) / 1_000);
  await database.query("drop table floor_points");
  return rate;
}

const bytesOf = async (database, tables) => Number((await database.query(`select sum(pg_total_relation_size(t::regclass)) as n from unnest($1::text[]) t`, [tables])).rows[0].n);
const ourTables = ["metric_batches", "metric_batch_hashes", "metric_chunks", "metric_summaries"];

/** Latency of single batches of a run with `behind` points in it, each beside one of a run that has just begun: both meet the same machine. */
async function costWithHistory(ours) {
  const long = await newRun(ours, "long");
  const from = performance.now();
  for (let sent = 0; sent < behind; sent += 8_000) {
    await Promise.all(Array.from({ length: 8 }, (_, at) => call(ours, "runs/log-batch", { run_id: long, metrics: batchOf(1_000, sent / keys + at * 100) })));
  }
  const rate = behind / ((performance.now() - from) / 1_000);
  await untilSealed(ours);
  const times = { first: [], last: [] };
  const log = async (kind, runId, step) => {
    const begun = performance.now();
    await call(ours, "runs/log-batch", { run_id: runId, metrics: batchOf(100, step) });
    times[kind].push(performance.now() - begun);
  };
  for (let round = 0; round < 10; round += 1) {
    const fresh = await newRun(ours, `fresh ${round}`);
    for (let at = 0; at < 50; at += 1) {
      await log("first", fresh, at * 10);
      await log("last", long, behind + (round * 50 + at) * 10);
    }
  }
  const wanted = behind / keys + 5_000;
  const held = await countPoints(ours, long, 1);
  if (held !== wanted) throw new Error(`${wanted} points of a metric were acknowledged and ${held} are there`);
  return { first: median(times.first), last: median(times.last), rate };
}

async function reportHistory(ours) {
  const { first, last, rate } = await costWithHistory(ours);
  process.stdout.write(`a batch of 100, median: ${first.toFixed(2)} ms in a run that has just begun, ${last.toFixed(2)} ms with ${behind.toLocaleString("en-US")} points behind it (${(last / first).toFixed(2)}×); those were logged to the one run at ${rate.toFixed(0)} points/s\n`);
  judge(`a batch with ${behind.toLocaleString("en-US")} points behind it / the first`, last / first, { atMost: 1.1, unit: "×", digits: 2 });
}

/** Rates of peer and ours by turns, then what a point weighs in each. */
async function reportRates(ours, peer) {
  const rows = [];
  for (const size of sizes) {
    for (const count of clients) {
      const [b, a] = [await measure(peer, count, size), await measure(ours, count, size)];
      rows.push([`${count} × ${size}`, b.rate.toFixed(0), b.p95.toFixed(1), a.rate.toFixed(0), a.calls.toFixed(0), a.p95.toFixed(1), `${(a.rate / b.rate).toFixed(1)}×`]);
      process.stdout.write(`${rows.at(-1).join(" ")}\n`);
      if (size === 1 && count === 32) judge("32 clients × 1 point, Slipway / mlflow", a.rate / b.rate, { atLeast: 5, unit: "×" });
      if (size === 1_000) judge(`${count} clients × 1,000 points, Slipway / mlflow`, a.rate / b.rate, { atLeast: 10, unit: "×" });
    }
  }
  process.stdout.write(`${table(["clients × batch", "mlflow points/s", "p95, ms", "Slipway points/s", "calls/s", "p95, ms", "Slipway / mlflow"], rows)}\n`);
  process.stdout.write(`floor: ${(await floorRate(ours.database)).toFixed(0)} points/s by one insert of a million rows\n`);
  await ours.database.query("update runs set status = 'FINISHED', end_time = 1 where status = 'RUNNING'");
  await untilSealed(ours);
  for (const name of ourTables) await ours.database.query(`vacuum full ${name}`);
  const [mine, theirs] = [await ours.database.query("select sum(count) as n from metric_summaries"), await peer.database.query("select count(*) as n from metrics")];
  const [perPoint, peerPerPoint] = [(await bytesOf(ours.database, ourTables)) / Number(mine.rows[0].n), (await bytesOf(peer.database, ["metrics", "latest_metrics"])) / Number(theirs.rows[0].n)];
  process.stdout.write(`bytes a point, indexes and summaries with it: mlflow ${peerPerPoint.toFixed(0)}, Slipway ${perPoint.toFixed(1)} (1/${(peerPerPoint / perPoint).toFixed(1)})\n`);
  judge("bytes a point, mlflow / Slipway", peerPerPoint / perPoint, { atLeast: 5, unit: "×" });
}

const ours = await startOurs();
let peer;
try {
  if (!isOnlyHistory) {
    peer = await startPeer(ours);
    await reportRates(ours, peer);
  }
  await reportHistory(ours);
  printVerdicts("log-metrics");
} finally {
  await stopAll(peer, ours);
}
