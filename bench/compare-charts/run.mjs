// Comparing curves: 100 runs of 100,000 points each, whole and zoomed to 1 %, on the server and in a real Chromium.
// node bench/compare-charts/run.mjs [runs] [points] [requests]      (peer: stock mlflow server, what its own UI asks; floor: the same chunks' bytes read from the table)
import { askProcedure, callProcedure, openSession } from "../browser/session.mjs";
import { startOurs, startPeer, stopAll } from "../peer/servers.mjs";
import { median, quantile, table } from "../statistics.mjs";
import { judge, printVerdicts } from "../verdicts.mjs";
import { checkCurves, checkWhole, shareOfSpikes } from "./check.mjs";
import { loadOurs, loadPeer } from "./load.mjs";
import { paintCompare } from "./paint.mjs";
import { loadUnpacking } from "./unpack.mjs";

const [runs, points, requests] = [Number(process.argv[2] ?? 100), Number(process.argv[3] ?? 100_000), Number(process.argv[4] ?? 30)];
const windows = { whole: [0, points - 1], "1 %": [Math.floor(points * 0.37), Math.floor(points * 0.37) + points / 100 - 1] };
const few = [Math.floor(points * 0.37), Math.floor(points * 0.37) + 99];

const inSteps = ([from, to]) => (to - from === points - 1 ? {} : { fromStep: from, toStep: to });

async function measureOurs(session, set, range) {
  const asked = { set, runIds: [], key: "loss", ...inSteps(range) };
  const times = [];
  for (let at = 0; at < requests; at += 1) times.push((await askProcedure(session, "experiments.readPackedCurves", asked)).ms);
  return times;
}

/** What MLflow's UI asks for a comparison: 320 points a run. */
async function measurePeer(peer, ids, range) {
  const asked = new URLSearchParams([...ids.map((id) => ["run_ids", id]), ["metric_key", "loss"], ["max_results", "320"], ["start_step", String(range[0])], ["end_step", String(range[1])]]);
  const times = [];
  let metrics = [];
  for (let at = 0; at < 3; at += 1) {
    const from = performance.now();
    const answer = await fetch(`${peer.url}/ajax-api/2.0/mlflow/metrics/get-history-bulk-interval?${asked}`);
    ({ metrics } = await answer.json());
    times.push(performance.now() - from);
    if (!answer.ok || !metrics) throw new Error(`${peer.name}: get-history-bulk-interval ${answer.status}`);
  }
  return { times, steps: ids.map((id) => new Set(metrics.filter((one) => one.run_id === id).map((one) => Number(one.step)))) };
}

/** The bytes that an answer is made from, and nothing done with them. */
async function measureFloor(database, ids, range) {
  const column = range[1] - range[0] === points - 1 ? "level_1024" : "points";
  const times = [];
  for (let at = 0; at < requests; at += 1) {
    const from = performance.now();
    await database.query(`select run_id, ${column} from metric_chunks where run_id = any($1::uuid[]) and not packed and key_to = 'loss' and step_to >= $2 and step_from <= $3`, [ids, ...range]);
    times.push(performance.now() - from);
  }
  return times;
}

async function checkAnswers(session, set, ids) {
  const read = async (range) => (await askProcedure(session, "experiments.readPackedCurves", { set, runIds: [], key: "loss", ...inSteps(range) })).data.map(unpackCurve);
  for (const range of Object.values(windows)) checkCurves(await read(range), ids, points, ...range);
  checkWhole(await read(few), ids, points, ...few);
}

async function measureServers(session, set, ours, ids, peer, theirIds) {
  const rows = [];
  for (const [name, range] of Object.entries(windows)) {
    const asked = { set, runIds: [], key: "loss", ...inSteps(range) };
    const b = await measurePeer(peer, theirIds, range);
    const a = await measureOurs(session, set, range);
    const low = await measureFloor(ours.database, ids, range);
    const raw = await askProcedure(session, "experiments.readPackedCurves", asked, { gzip: false });
    const shown = name === "whole" ? `${(shareOfSpikes(b.steps, points) * 100).toFixed(0)} %` : "–";
    rows.push([name, median(b.times).toFixed(0), shown, median(a).toFixed(1), quantile(a, 0.95).toFixed(1), (raw.bytes / 1e6).toFixed(2), median(low).toFixed(1), `${(median(b.times) / median(a)).toFixed(0)}×`, (median(low) / median(a)).toFixed(2)]);
    judge(`server, ${name}: p50`, median(a), { atMost: 60, unit: " ms" });
    judge(`answer, ${name}, unpacked`, raw.bytes / 1e6, { atMost: 1, unit: " MB", digits: 2 });
  }
  return table(["window", "mlflow p50, ms", "spikes it shows", "Slipway p50, ms", "p95", "answer, MB", "floor p50, ms", "mlflow / Slipway", "floor / Slipway"], rows);
}

const unpackCurve = await loadUnpacking();
const ours = await startOurs();
let peer;
let session;
try {
  peer = await startPeer(ours);
  const { ids, seconds, sealSeconds } = await loadOurs(ours, runs, points);
  process.stdout.write(`${runs} × ${points.toLocaleString("en-US")} points logged in ${seconds.toFixed(0)} s (${((runs * points) / seconds).toFixed(0)} points/s), sealed ${sealSeconds.toFixed(0)} s later\n`);
  const theirIds = await loadPeer(peer, runs, points);
  session = await openSession(ours);
  const { id: set } = await callProcedure(session, "experiments.keepRunSet", { runIds: ids });
  await checkAnswers(session, set, ids);
  process.stdout.write(`every answer holds each run's extrema and all ${runs * 20} planted spikes, and nothing that was not logged\n`);
  process.stdout.write(`${await measureServers(session, set, ours, ids, peer, theirIds)}\n`);
  const painted = await paintCompare(session, set, { lines: runs, points, loads: 5 });
  process.stdout.write(`${painted.table}\n`);
  judge("first paint after the answer: p50", painted.first, { atMost: 300, unit: " ms", digits: 0 });
  judge("zoom, finer points painted: p50", painted.zoom, { atMost: 100, unit: " ms", digits: 0 });
  judge("answer on the wire, packed", painted.packed / 1e6, { atMost: 1, unit: " MB", digits: 2 });
  printVerdicts("compare-charts");
} finally {
  await stopAll(session, peer, ours);
}
