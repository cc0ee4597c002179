/** What an hour of each resource costs, and what jobs have cost by it. Browser-safe. */
import { z } from "zod";

const Price = z.number().min(0).max(1_000_000);

export const Prices = z.object({
  currency: z.string().regex(/^[A-Z]{3}$/, "three capital letters, such as EUR"),
  cpuHour: Price,
  gibHour: Price,
  /** Of a GPU whose model has no price of its own. */
  gpuHour: Price,
  /** By a part of the model's name, in any case; the first that fits. */
  gpuModels: z.array(z.object({ model: z.string().trim().min(2).max(100), perHour: Price })).max(50).default([]),
});
export type Prices = z.output<typeof Prices>;

/** Null takes them away: nothing is said of cost then. */
export const SetPricesInput = z.object({ prices: Prices.nullable() });

/** `gpuModels`: of the agents that there are, each once. */
export type PricesView = { prices: Prices; gpuModels: string[]; setBy: string; setAt: Date } | null;

export type Money = { amount: number; currency: string };
