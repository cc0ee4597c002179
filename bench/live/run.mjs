// Live: from a client's acknowledgement to the painted number and curve of the run's page, and a run at 10 Hz before 1,000 viewers.
// node bench/live/run.mjs [points] [viewers] [seconds]      (floor: the same point written to a table, and the frame that a page needs to show a text)
import { spawn } from "node:child_process";
import { openSession } from "../browser/session.mjs";
import { call, startOurs, stopAll } from "../peer/servers.mjs";
import { median, quantile, table } from "../statistics.mjs";
import { judge, printVerdicts } from "../verdicts.mjs";
import { cpuOf } from "./cpu.mjs";
import { watchPage } from "./painted.mjs";

const [points, viewers, seconds] = [Number(process.argv[2] ?? 200), Number(process.argv[3] ?? 1_000), Number(process.argv[4] ?? 30)];
const hertz = 10;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const newRun = async (ours, name) => (await call(ours, "runs/create", { experiment_id: "0", run_name: name, start_time: Date.now() })).run.info.run_id;

/** A whole number that says which point it is, whatever the page rounds. */
const logPoint = (ours, runId, value) => call(ours, "runs/log-metric", { run_id: runId, key: "loss", value, timestamp: Date.now(), step: value });

/** Clocks of the page and of this process are the same machine's, to the millisecond. */
async function logAndWatch(ours, session, spacing) {
  const runId = await newRun(ours, "watched");
  for (let value = 1; value <= 5; value += 1) await logPoint(ours, runId, value);
  const page = await watchPage(session, runId);
  const [fromSend, header, curve] = [[], [], []];
  for (let value = 6; value < points + 6; value += 1) {
    const sent = Date.now();
    await logPoint(ours, runId, value);
    const acknowledged = Date.now();
    const seen = await page.painted(value);
    header.push(seen.header - acknowledged);
    curve.push(seen.curve - acknowledged);
    fromSend.push(seen.curve - sent);
    await pause(spacing());
  }
  await page.close();
  return { header, curve, fromSend };
}

/** Steadily, whether or not the page has caught up: a point that a later one overtook counts as painted with that one. */
async function logSteadily(ours, session) {
  const runId = await newRun(ours, "steady");
  for (let value = 1; value <= 5; value += 1) await logPoint(ours, runId, value);
  const page = await watchPage(session, runId);
  const acknowledged = [];
  const begun = Date.now();
  for (let at = 0; at < points; at += 1) {
    await pause(Math.max(0, begun + (at * 1_000) / hertz - Date.now()));
    await logPoint(ours, runId, at + 6);
    acknowledged.push(Date.now());
  }
  await page.painted(points + 5);
  const seen = await page.log();
  await page.close();
  const delays = (kind) => acknowledged.map((time, at) => (seen.find((one) => one.kind === kind && one.value >= at + 6)?.at ?? Number.POSITIVE_INFINITY) - time);
  return { header: delays("header"), curve: delays("curve") };
}

function startViewers(ours, runId, count) {
  const child = spawn(process.execPath, [new URL("viewers.mjs", import.meta.url).pathname, ours.url, ours.token, runId, String(count)], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const heard = [];
  const waiting = [];
  child.on("message", (message) => (waiting.length > 0 ? waiting.shift()(message) : heard.push(message)));
  return { next: () => (heard.length > 0 ? Promise.resolve(heard.shift()) : new Promise((resolve) => waiting.push(resolve))), tell: (word) => child.send(word) };
}

async function crowd(ours) {
  const runId = await newRun(ours, "crowded");
  const audience = startViewers(ours, runId, viewers);
  await audience.next();
  const acknowledged = [];
  const before = cpuOf(ours.pid);
  const begun = Date.now();
  for (let at = 0; at < seconds * hertz; at += 1) {
    await pause(Math.max(0, begun + (at * 1_000) / hertz - Date.now()));
    await logPoint(ours, runId, at);
    acknowledged.push(Date.now());
  }
  const took = (Date.now() - begun) / 1_000;
  await pause(500);
  const after = cpuOf(ours.pid);
  audience.tell("end");
  const { heardBy } = await audience.next();
  const whole = heardBy.filter((times) => times.length === acknowledged.length);
  const delays = whole.flatMap((times) => times.map((time, at) => time - acknowledged[at]));
  const share = heardBy.reduce((sum, times) => sum + Math.min(times.length, acknowledged.length), 0) / (acknowledged.length * viewers);
  const cpu = Object.keys(after).map((name) => [name, `${((100 * (after[name] - (before[name] ?? 0))) / took).toFixed(0)} %`]);
  return { share, delays, cpu, whole: whole.length };
}

const ours = await startOurs();
let session;
try {
  session = await openSession(ours);
  const single = await logAndWatch(ours, session, () => 150 + Math.random() * 200);
  const steady = await logSteadily(ours, session);
  const row = (name, values) => [name, median(values).toFixed(0), quantile(values, 0.95).toFixed(0), Math.max(...values).toFixed(0)];
  process.stdout.write(`${table(["acknowledged → painted", "p50, ms", "p95", "max"], [
    row("the number, single points", single.header), row("the curve, single points", single.curve), row("the curve, from before the call", single.fromSend),
    row(`the number, ${hertz} Hz`, steady.header), row(`the curve, ${hertz} Hz`, steady.curve),
  ])}\n`);
  for (const [name, values] of [["number", single.header], ["curve", single.curve]]) {
    judge(`${name} painted: p50`, median(values), { atMost: 40, unit: " ms", digits: 0 });
    judge(`${name} painted: p95`, quantile(values, 0.95), { atMost: 100, unit: " ms", digits: 0 });
  }
  const { share, delays, cpu, whole } = await crowd(ours);
  process.stdout.write(`${viewers} viewers at ${hertz} Hz for ${seconds} s: ${(share * 100).toFixed(2)} % delivered, ${whole} viewers heard of each point; acknowledged → heard p50 ${median(delays).toFixed(0)} ms, p95 ${quantile(delays, 0.95).toFixed(0)} ms\n`);
  process.stdout.write(`${table(["process", "CPU of one core"], cpu)}\n`);
  judge(`${viewers} viewers: delivered`, share * 100, { atLeast: 100, unit: " %", digits: 2 });
  judge(`${viewers} viewers: heard, p95`, quantile(delays, 0.95), { atMost: 100, unit: " ms", digits: 0 });
  printVerdicts("live");
} finally {
  await stopAll(session, ours);
}
