/** Sweeps: a recipe launched many times over a space of parameters, steered by Optuna. Browser-safe. */
import { z } from "zod";
import type { Money } from "@/server/domains/compute/contract/prices";
import { LaunchRunInput, RecipeName } from "./recipe";
import { EntityKey, StoredText } from "./run";
import type { SweepState, TrialState } from "./sweep-words";

const ParameterName = z.string().regex(/^[A-Za-z][\w-]{0,62}$/, "a parameter's name");
const ParameterValue = z.union([StoredText(1_000), z.number(), z.boolean()]);
export type ParameterValue = z.infer<typeof ParameterValue>;

/** It is varied only where another parameter has one of these values; elsewhere the recipe's default stands. */
const When = z.object({ parameter: ParameterName, equals: z.array(ParameterValue).min(1).max(100) });
const entry = { name: ParameterName, when: When.nullable().default(null) };
/** `points`: how many values a grid takes of a range. */
const points = z.number().int().min(2).max(100).default(5);
const magnitude = z.number().min(-1e300).max(1e300);
const whole = z.number().int();

export const SpaceEntry = z.discriminatedUnion("kind", [
  z.object({ ...entry, kind: z.literal("float"), low: magnitude, high: magnitude, log: z.boolean().default(false), points }),
  z.object({ ...entry, kind: z.literal("int"), low: whole, high: whole, step: whole.min(1).default(1), log: z.boolean().default(false), points }),
  z.object({ ...entry, kind: z.literal("choice"), values: z.array(ParameterValue).min(1).max(100) }),
]);
export type SpaceEntry = z.output<typeof SpaceEntry>;

const startupRuns = (fallback: number) => z.number().int().min(1).max(1_000).default(fallback);
export const Sampler = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("tpe"), startupRuns: startupRuns(10) }),
  z.object({ kind: z.literal("cmaes") }),
  z.object({ kind: z.literal("random") }),
  z.object({ kind: z.literal("grid") }),
]);
const step = z.number().int().min(1).max(1_000_000_000);
const reduction = (fallback: number) => z.number().int().min(2).max(16).default(fallback);
export const Pruner = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("none") }),
  z.object({ kind: z.literal("median"), startupRuns: startupRuns(5), warmupSteps: z.number().int().min(0).max(1_000_000_000).default(0) }),
  z.object({ kind: z.literal("asha"), minStep: step.default(1), reduction: reduction(4) }),
  z.object({ kind: z.literal("hyperband"), minStep: step.default(1), maxStep: step, reduction: reduction(3) }),
]);

export const Objective = z.object({
  metric: EntityKey,
  direction: z.enum(["minimize", "maximize"]),
  /** A run's value: the last one it logged, or its best. */
  of: z.enum(["last", "best"]).default("last"),
});
export type Objective = z.output<typeof Objective>;

export const SweepRuns = z.number().int().min(1).max(2_000);
export const SweepHours = z.number().positive().max(100_000);
export const SweepCost = z.number().positive().max(1e9);
export const SweepName = StoredText(150).min(1, "a name is needed").refine((name) => name.trim() === name, "no blanks at the ends");

const launch = LaunchRunInput.shape;
export const LaunchSweepInput = z.object({
  name: SweepName,
  recipe: RecipeName,
  version: launch.version,
  experiment: launch.experiment,
  space: z.array(SpaceEntry).min(1, "a sweep varies at least one parameter").max(50),
  /** Of the parameters that do not vary. */
  parameters: launch.parameters,
  inputs: launch.inputs,
  priority: launch.priority,
  objective: Objective,
  sampler: Sampler.prefault({ kind: "tpe" }),
  pruner: Pruner.prefault({ kind: "none" }),
  parallelism: z.number().int().min(1).max(100).default(2),
  /** `hours` and `cost`: of all its runs together; cost in the currency of the installation's prices. */
  budget: z.object({ runs: SweepRuns, hours: SweepHours.nullable().default(null), cost: SweepCost.nullable().default(null) }),
  /** Left out, one is drawn and kept. */
  seed: z.number().int().min(0).max(2 ** 31 - 1).nullable().default(null),
  /** An earlier sweep whose finished runs it learns from. */
  startFrom: z.uuid().nullable().default(null),
});
export type LaunchSweepInput = z.input<typeof LaunchSweepInput>;

/** What a sweep keeps of how it was asked for; only its budget and parallelism change after. */
export const SweepSpec = LaunchSweepInput.omit({ name: true, version: true, experiment: true, recipe: true }).extend({ seed: z.number().int() });
export type SweepSpec = z.output<typeof SweepSpec>;

export const SweepRef = z.object({ sweepId: z.uuid() });
export const ListSweepsInput = z.object({
  experimentNo: z.int32().min(0).nullable().default(null),
  cursor: z.uuid().nullable().default(null),
  limit: z.number().int().min(1).max(200).default(50),
});
/** What runs is cancelled, or left to its end. */
export const StopSweepInput = SweepRef.extend({ cancelRuns: z.boolean().default(true) });
/** The new totals; what is left out stays. */
export const ExtendSweepInput = SweepRef.extend({
  runs: SweepRuns.optional(),
  hours: SweepHours.nullable().optional(),
  cost: SweepCost.nullable().optional(),
  parallelism: z.number().int().min(1).max(100).optional(),
});

export type TrialParams = Record<string, ParameterValue>;
export type TrialView = {
  number: number; state: TrialState; params: TrialParams; runId: string | null; value: number | null; failure: string | null;
  seconds: number | null; prunedAtStep: number | null; createdAt: Date; endedAt: Date | null;
};

/** Shares of the variance of the objective, by fANOVA over `runs` of those `finished`; null where it can't be told of them. */
export type SweepImportance = { finished: number; runs: number; shares: { name: string; share: number }[] | null };

export type SweepSummary = {
  id: string; name: string; experimentNo: number; experimentName: string; recipe: string; version: number; spec: SweepSpec; state: SweepState;
  reason: string | null; fault: string | null; parentRunId: string; startFrom: { id: string; name: string } | null; startRuns: number; createdBy: string; createdAt: Date; endedAt: Date | null;
  counts: Record<TrialState, number>; hoursUsed: number;
  best: { number: number; value: number; runId: string } | null;
};
/** `cost`: of its runs so far; null where no prices are set. */
export type SweepView = SweepSummary & { cost: Money | null; trials: TrialView[]; importance: SweepImportance | null };
