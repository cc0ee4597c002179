/** Outcomes that become known later. Browser-safe. */
import { z } from "zod";
import { ModelName } from "@/server/domains/models/contract";

export const maxLabels = 10_000;

export const RecordLabelsInput = z.object({
  model: ModelName,
  labels: z
    .array(
      z.object({
        predictionId: z.string().min(1).max(200).refine((text) => !/\p{Surrogate}/u.test(text) && !text.includes("\u0000"), "must be storable text"),
        label: z.union([z.literal(0), z.literal(1)]),
        knownAt: z.iso.datetime({ offset: true }),
      }),
    )
    .min(1)
    .max(maxLabels),
});

/** `unknown` wait for their prediction; `dropped` ones did not fit among those that wait. */
export type RecordedLabels = { received: number; accepted: number; unknown: number; duplicates: number; conflicting: number; unsampled: number; dropped: number; conflicts: string[] };
