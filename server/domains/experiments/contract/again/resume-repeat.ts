/** Runs that go on or are done again: checkpoints, resuming, exact repeats and what came out different. Browser-safe. */
import { z } from "zod";
import { RunRef } from "../run";

export const ResumeRunInput = RunRef.extend({
  /** One of the run's checkpoints, as they are listed; the newest, if it is not said. */
  checkpoint: z.string().min(1).max(1_000).nullable().default(null),
});

/** A file or a folder that a run logged below `checkpoints/`. `at`: when its newest file came. */
export type Checkpoint = { path: string; isFolder: boolean; files: number; bytes: number; at: Date };

export type Same = { label: string; value: string; isHash?: boolean };
/** `hindrances`: why it can't be done again; none, and it can. */
export type RepeatPlan = { hindrances: string[]; notes: string[]; same: Same[] };

export type MetricChange = { key: string; before: number | null; after: number | null; difference: number | null; relative: number | null; isIdentical: boolean };
export type ValueChange = { label: string; before: string | null; after: string | null };
export type Repetition = {
  of: { id: string; name: string };
  /** Both runs have ended: nothing of this will move. */
  isFinal: boolean;
  /** Those that differ first, then by key; `identical` counts those that are the same to the last bit. */
  metrics: MetricChange[];
  identical: number;
  total: number;
  params: ValueChange[];
  environment: ValueChange[];
  code: ValueChange[];
  data: ValueChange[];
};
