// What the answers must hold before their times count.
import { spikesOf, loggedValue } from "./load.mjs";

const fail = (text) => {
  throw new Error(text);
};

function* pointsOf({ steps, values }) {
  for (const [at, step] of steps.entries()) yield [step, values[at]];
}

/** Every point of an answer is one that was logged, to the last bit. */
function checkExact(curve, run, points) {
  const spikes = spikesOf(run, points);
  for (const [step, value] of pointsOf(curve)) {
    if (!Object.is(value, loggedValue(spikes, run, step))) fail(`run ${run}, step ${step}: ${value} was never logged`);
  }
}

function extremesOf(run, points, from, to) {
  const spikes = spikesOf(run, points);
  let [low, high] = [from, from];
  for (let step = from; step <= to; step += 1) {
    if (loggedValue(spikes, run, step) < loggedValue(spikes, run, low)) low = step;
    if (loggedValue(spikes, run, step) > loggedValue(spikes, run, high)) high = step;
  }
  return [low, high];
}

/** In the order of `ids`; each run's lowest, highest, first and last, and every planted spike where `from` … `to` is all of it. */
export function checkCurves(curves, ids, points, from, to) {
  const byRun = new Map(curves.map((curve) => [curve.runId, curve]));
  for (const [run, id] of ids.entries()) {
    const curve = byRun.get(id) ?? fail(`run ${run} is not in the answer`);
    checkExact(curve, run, points);
    const steps = new Set(curve.steps);
    const planted = from === 0 && to === points - 1 ? [...spikesOf(run, points).keys()] : [];
    for (const step of [from, to, ...extremesOf(run, points, from, to), ...planted]) if (!steps.has(step)) fail(`run ${run}: step ${step} is lost`);
    if (curve.steps.some((step) => step < from || step > to)) fail(`run ${run} shows steps from outside`);
  }
}

/** Of few steps every point is there. */
export function checkWhole(curves, ids, points, from, to) {
  checkCurves(curves, ids, points, from, to);
  for (const curve of curves) if (curve.steps.length !== to - from + 1) fail(`${curve.steps.length} of ${to - from + 1} points are shown`);
}

/** How many of the planted spikes an answer of the peer shows: it samples steps. */
export function shareOfSpikes(byRun, points) {
  let [shown, all] = [0, 0];
  for (const [run, steps] of byRun.entries()) {
    for (const step of spikesOf(run, points).keys()) {
      all += 1;
      if (steps.has(step)) shown += 1;
    }
  }
  return shown / all;
}
