// Experiments of 1,500 runs × 1,500 metrics (fasttrackml#860), loaded through the API; then the runs table, a run and a comparison of 100.
// node bench/stress/run.mjs [--scale 0.1 | --full] [visits]      (peer: stock mlflow server with one such experiment; floor: one ordered read of the index)
// A scale takes experiments away, never runs or metrics of one: what a page costs is decided inside its experiment.
import { callProcedure, openSession } from "../browser/session.mjs";
import { visit } from "../browser/visit.mjs";
import { call, startOurs, startPeer, stopAll, untilSealed } from "../peer/servers.mjs";
import { median, quantile, table } from "../statistics.mjs";
import { judge, printVerdicts } from "../verdicts.mjs";
import { keyOf, loadOurs, loadPeer, nameOf, loggedValue } from "./load.mjs";

const flag = process.argv.indexOf("--scale");
const scale = process.argv.includes("--full") ? 1 : flag > 0 ? Number(process.argv[flag + 1]) : 0.1;
const shape = { experiments: Math.max(1, Math.round(50 * scale)), runs: 1_500, metrics: 1_500 };
const visits = Number(process.argv.find((word, at) => at > 1 && /^\d+$/.test(word) && at !== flag + 1) ?? 5);
const sortedBy = 7;
const compared = 100;
const query = { order_by: [`metrics.\`${keyOf(sortedBy)}\` DESC`], max_results: 50 };

async function search(server, experiment, count) {
  const times = [];
  let names = [];
  for (let at = 0; at < count; at += 1) {
    const from = performance.now();
    const { runs } = await call(server, "runs/search", { ...query, experiment_ids: [experiment] });
    times.push(performance.now() - from);
    names = runs.map(({ info }) => info.run_name);
  }
  return { times, names };
}

const expectedNames = () =>
  Array.from({ length: shape.runs }, (_, run) => run).sort((a, b) => loggedValue(b, sortedBy, shape.runs) - loggedValue(a, sortedBy, shape.runs)).slice(0, query.max_results).map(nameOf);

async function compareSearches(ours, no, peer, theirs) {
  const [b, a] = [await search(peer, theirs, 3), await search(ours, no, visits * 2)];
  const expected = expectedNames().join();
  for (const [name, { names }] of [["mlflow", b], ["Slipway", a]]) if (names.join() !== expected) throw new Error(`${name} answers in another order: ${names.slice(0, 5)}`);
  const floor = [];
  for (let at = 0; at < 20; at += 1) {
    const from = performance.now();
    await ours.database.query(`select m.run_id, m.last_value from metric_summaries m where m.key_id = (select k.id from field_keys k join experiments e on e.id = k.experiment_id
      where e.no = $1 and k.scope = 'metric' and k.key = $2) order by m.last_value desc limit 50`, [no, keyOf(sortedBy)]);
    floor.push(performance.now() - from);
  }
  const row = ["50 runs with all their metrics, by a metric", median(b.times).toFixed(0), median(a.times).toFixed(0), median(floor).toFixed(1), `${(median(b.times) / median(a.times)).toFixed(1)}×`];
  return table(["runs/search", "mlflow p50, ms", "Slipway p50, ms", "floor p50, ms", "mlflow / Slipway"], [row]);
}

async function measurePages(session, no, runIds) {
  const toId = (hex) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  const { id: set } = await callProcedure(session, "experiments.keepRunSet", { runIds: runIds.slice(0, compared).map(toId) });
  const row = { selector: "table tbody tr a, [role=row] a" };
  const encoded = encodeURIComponent(keyOf(sortedBy));
  const pages = [
    ["runs table", `/experiments/${no}`, row],
    ["sorted by a metric", `/experiments/${no}?sort=metrics.${encoded}.desc`, row],
    ["filtered by a metric and a param", `/experiments/${no}?q=${encodeURIComponent(`metrics.\`${keyOf(3)}\` > 0.5 AND params.model = "m1"`)}`, row],
    ["run page", `/experiments/runs/${runIds[1]}`, { selector: ".u-over", lines: 1 }],
    [`comparison of ${compared} runs`, `/experiments/compare?set=${set}`, { selector: ".u-over", lines: compared }],
  ];
  const rows = [];
  for (const [name, path, wanted] of pages) {
    const seen = [];
    for (let at = 0; at < visits; at += 1) seen.push(await visit(session, path, wanted));
    const of = (read) => seen.map(read);
    const slowest = seen.toSorted((a, b) => a.slowest.ms - b.slowest.ms)[Math.floor(seen.length / 2)].slowest;
    const [document, painted] = [median(of((one) => one.document)), median(of((one) => one.painted))];
    rows.push([name, document.toFixed(0), (median(of((one) => one.bytes)) / 1_000).toFixed(0), `${slowest.ms.toFixed(0)} (${slowest.name.slice(0, 60)}, ${(slowest.bytes / 1_000).toFixed(0)} kB)`, painted.toFixed(0), quantile(of((one) => one.painted), 0.95).toFixed(0)]);
    process.stdout.write(`${rows.at(-1).join(" · ")}\n`);
    judge(`${name}: server`, Math.max(document, slowest.ms), { atMost: 200, unit: " ms", digits: 0 });
    judge(`${name}: painted`, painted, { atMost: 1_000, unit: " ms", digits: 0 });
  }
  return table(["page", "document, ms", "kB", "slowest call, ms", "painted p50, ms", "p95"], rows);
}

const ourTables = ["metric_batches", "metric_batch_hashes", "metric_chunks", "metric_summaries", "runs", "run_params", "run_tags", "field_keys"];
const ours = await startOurs();
let peer;
let session;
try {
  peer = await startPeer(ours);
  session = await openSession(ours);
  const { no, runIds, points, seconds } = await loadOurs(ours, shape);
  await untilSealed(ours, 1_800);
  for (const name of ourTables) await ours.database.query(`vacuum analyze ${name}`);
  const { rows: [{ bytes }] } = await ours.database.query("select sum(pg_total_relation_size(t::regclass))::bigint as bytes from unnest($1::text[]) t", [ourTables]);
  const all = shape.experiments * shape.runs * shape.metrics;
  process.stdout.write(`${shape.experiments} × ${shape.runs} × ${shape.metrics}: ${points.toLocaleString("en-US")} points in ${seconds.toFixed(0)} s (${(points / seconds).toFixed(0)} points/s), ${(Number(bytes) / 1e9).toFixed(2)} GB on disk (${(Number(bytes) / all).toFixed(0)} bytes a metric of a run)\n`);
  process.stdout.write(`${await compareSearches(ours, no, peer, await loadPeer(peer, shape))}\n`);
  process.stdout.write(`${await measurePages(session, no, runIds)}\n`);
  printVerdicts("stress");
} finally {
  await stopAll(session, peer, ours);
}
