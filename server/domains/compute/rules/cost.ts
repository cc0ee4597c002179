/** What held resources cost; pure. Browser-safe. */
import type { Prices } from "../contract/prices";

const gib = 1024 ** 3;

export type Held = { cpus: number; memoryBytes: number; gpus: number };

export function gpuPrice({ gpuModels, gpuHour }: Prices, model: string): number {
  const name = model.toLowerCase();
  return gpuModels.find((one) => name.includes(one.model.toLowerCase()))?.perHour ?? gpuHour;
}

const withoutGpus = ({ cpuHour, gibHour }: Prices, { cpus, memoryBytes }: Held): number => cpus * cpuHour + (memoryBytes / gib) * gibHour;

/** `models`: of the GPUs that it held; one whose model is not known any more is priced as one without a price of its own. */
export function costOf(prices: Prices, held: Held, models: readonly string[], seconds: number): number {
  const gpus = Array.from({ length: held.gpus }, (_, index) => models[index]).reduce((sum, model) => sum + (model === undefined ? prices.gpuHour : gpuPrice(prices, model)), 0);
  return ((withoutGpus(prices, held) + gpus) * seconds) / 3_600;
}

export type Range = { low: number; expected: number; high: number };

/** Before it is known where it runs: from the cheapest GPUs that there are for the shortest time to the dearest for the longest. */
export function costRange(prices: Prices, held: Held, models: readonly string[], seconds: Range): Range {
  const each = models.length === 0 ? [prices.gpuHour] : models.map((model) => gpuPrice(prices, model));
  const [cheapest, dearest] = [Math.min(...each), Math.max(...each)];
  const of = (gpu: number, time: number) => ((withoutGpus(prices, held) + held.gpus * gpu) * time) / 3_600;
  return { low: of(cheapest, seconds.low), expected: of((cheapest + dearest) / 2, seconds.expected), high: of(dearest, seconds.high) };
}
