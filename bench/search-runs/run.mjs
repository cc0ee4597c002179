// Searching an experiment of 10,000, 100,000 and 1,000,000 runs: filter on a metric and a param, order by another metric, the first page and page 50.
// node bench/search-runs/run.mjs [10000,100000,1000000] [requests]      (peer: stock mlflow server; floor: one ordered read of an index)
import { call, startOurs, startPeer, stopAll } from "../peer/servers.mjs";
import { median, quantile, table } from "../statistics.mjs";
import { judge, printVerdicts } from "../verdicts.mjs";
import { loadOurs, loadPeer } from "./load.mjs";

const sizes = (process.argv[2] ?? "10000,100000,1000000").split(",").map(Number);
const requests = Number(process.argv[3] ?? 40);
const pageSize = 100;
const deepPage = 50;
/** Half of the runs pass the one, a quarter the other. */
const query = { filter: "metrics.auc > 0.5 and params.model = 'm1'", order_by: ["metrics.loss ASC"], max_results: pageSize };

async function page(server, experiment, token) {
  const from = performance.now();
  const { runs = [], next_page_token: next } = await call(server, "runs/search", { ...query, experiment_ids: [experiment], ...(token ? { page_token: token } : {}) });
  return { ms: performance.now() - from, names: runs.map(({ info }) => info.run_name), next };
}

async function measure(server, experiment, count) {
  let token = "";
  const tokens = [""];
  const seen = [];
  for (let at = 1; at <= deepPage; at += 1) {
    const { names, next } = await page(server, experiment, token);
    seen.push(...names);
    if (!next) break;
    token = next;
    tokens.push(next);
  }
  const deep = tokens[Math.min(deepPage, tokens.length) - 1];
  const times = { first: [], deep: [] };
  for (let at = 0; at < count; at += 1) {
    times.first.push((await page(server, experiment, "")).ms);
    times.deep.push((await page(server, experiment, deep)).ms);
  }
  return { seen, times, deepAt: Math.min(deepPage, tokens.length) };
}

async function floor(database, experiment) {
  const text = `select m.run_id, m.last_value from metric_summaries m where m.key_id = (select k.id from field_keys k join experiments e on e.id = k.experiment_id
    where e.no = $1 and k.scope = 'metric' and k.key = 'loss') and m.last_value > 0.25 order by m.last_value limit ${pageSize}`;
  const times = [];
  for (let at = 0; at < requests; at += 1) {
    const from = performance.now();
    await database.query(text, [experiment]);
    times.push(performance.now() - from);
  }
  return times;
}

const ms = (values) => [median(values).toFixed(1), quantile(values, 0.95).toFixed(1)];
const ours = await startOurs();
let peer;
try {
  peer = await startPeer(ours);
  const rows = [];
  const found = new Map();
  for (const size of sizes) {
    const [here, there] = [await loadOurs(ours, size), await loadPeer(peer, size)];
    // The peer sorts all matches on each request: fewer requests tell as much.
    const [a, b] = [await measure(ours, here, requests), await measure(peer, there, size > 200_000 ? 5 : Math.min(requests, 20))];
    if (a.seen.join() !== b.seen.join()) throw new Error(`The answers differ at ${size} runs: ${a.seen.slice(0, 5)} … ${b.seen.slice(0, 5)} …`);
    const low = await floor(ours.database, here);
    found.set(size, { ours: a.times.deep, peer: b.times.deep });
    for (const which of ["first", "deep"]) {
      const name = `${size.toLocaleString("en-US")} runs, ${which === "first" ? "first page" : `page ${a.deepAt}`}`;
      rows.push([name, ...ms(b.times[which]), ...ms(a.times[which]), ...ms(low), `${(median(b.times[which]) / median(a.times[which])).toFixed(1)}×`]);
      process.stdout.write(`${rows.at(-1).join(" ")}\n`);
    }
  }
  process.stdout.write(`${tableOf(rows)}\n`);
  judgePages(found);
  printVerdicts("search-runs");
} finally {
  await stopAll(peer, ours);
}

function tableOf(rows) {
  return table(["pages of 100", "mlflow p50, ms", "p95", "Slipway p50, ms", "p95", "floor p50, ms", "p95", "mlflow / Slipway"], rows);
}

/** The page far in: the keyset's work is there. */
function judgePages(found) {
  const at = found.get(100_000);
  if (at) {
    judge("100,000 runs, page 50: mlflow / Slipway", median(at.peer) / median(at.ours), { atLeast: 10, unit: "×" });
    judge("100,000 runs, page 50: p95", quantile(at.ours, 0.95), { atMost: 30, unit: " ms" });
  }
  const [small, large] = [found.get(10_000), found.get(1_000_000)];
  if (small && large) judge("1,000,000 runs / 10,000", median(large.ours) / median(small.ours), { atMost: 1.5, unit: "×", digits: 2 });
}
