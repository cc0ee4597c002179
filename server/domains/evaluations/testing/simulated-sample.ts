// Labelled scores with shared noise by day, for tests: what a suite's rows look like, made from a seed.
import { indexClusters } from "../rules/statistics/clusters";
import { createRandom } from "../rules/statistics/random";
import { at } from "../rules/statistics/typed-access";

export type SimulatedSample = {
  labels: Uint8Array;
  days: number[];
  hours: number[];
  /** The true probability of each row. */
  truth: Float64Array;
  clusters: ReturnType<typeof indexClusters>;
};

/** Rows spread evenly over `days` days and 20 hours; log-odds have a part of their own and one a day. */
export function simulateSample(rows: number, days: number, seed: number): SimulatedSample {
  const random = createRandom(seed);
  const uniform = () => random(1_000_000) / 1_000_000;
  const ofDay = Float64Array.from({ length: days }, () => uniform() - 0.5);
  const day = Array.from({ length: rows }, (_, row) => row % days);
  const hours = Array.from({ length: rows }, () => random(20));
  const truth = Float64Array.from(day, (d) => 1 / (1 + Math.exp(1.6 - at(ofDay, d) - 4 * (uniform() - 0.5))));
  const labels = Uint8Array.from(truth, (p) => (uniform() < p ? 1 : 0));
  return { labels, days: day, hours, truth, clusters: indexClusters(day) };
}

/** Scores whose log-odds miss the truth by up to `error` either way; `where` picks the rows that miss. */
export function blurScores(
  truth: Float64Array,
  error: number,
  seed: number,
  where: (row: number) => boolean = () => true,
) {
  const random = createRandom(seed);
  return truth.map((p, row) => {
    const miss = where(row) ? error * (random(2_000_001) / 1_000_000 - 1) : 0;
    return 1 / (1 + Math.exp(-(Math.log(p / (1 - p)) + miss)));
  });
}
