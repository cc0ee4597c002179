/** What a suite asks of a model: split, label, cluster, slices, gate. Browser-safe. */
import { z } from "zod";

const Name = z.string().regex(/^[a-z][a-z0-9_-]{0,62}$/, "lower-case letters, digits, - and _, at most 63");
const Column = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,62}$/, "a column name");
const Share = z.number().min(0).max(1);

const Block = z.strictObject({
  label: z.string().min(1).max(60),
  from: z.number().optional(),
  below: z.number().optional(),
});

/** Splits rows by one column: half-open number ranges [from, below), named values, or the values with most rows. */
export const SliceDefinition = z
  .strictObject({
    name: Name,
    column: Column,
    gated: z.boolean().default(true),
    blocks: z.array(Block).min(1).max(50).optional(),
    values: z
      .array(z.union([z.string().max(200), z.number()]))
      .min(1)
      .max(100)
      .optional(),
    largest: z.int().min(1).max(100).optional(),
  })
  .refine((slice) => [slice.blocks, slice.values, slice.largest].filter((way) => way !== undefined).length === 1, {
    message: "needs exactly one of blocks, values, largest",
  });
export type SliceDefinition = z.infer<typeof SliceDefinition>;

/** The least a slice must hold before it is judged at all. */
export const EvidenceFloor = z.strictObject({
  clusters: z.int().min(2).default(20),
  positives: z.int().min(1).default(100),
  negatives: z.int().min(1).default(100),
});
export type EvidenceFloor = z.infer<typeof EvidenceFloor>;

export const SliceRule = z.discriminatedUnion("rule", [
  z.strictObject({
    rule: z.literal("harm"),
    alpha: z.number().gt(0).lt(0.5).default(0.05),
    tolerance: z.number().min(0).default(0.002),
    floor: EvidenceFloor.prefault({}),
  }),
  z.strictObject({
    rule: z.literal("non_inferior"),
    margin: z.number().gt(0),
    floor: EvidenceFloor.prefault({}),
  }),
]);
export type SliceRule = z.infer<typeof SliceRule>;

/** What a candidate must show. Every limit has the value of the platform's default policy. */
export const GatePolicy = z.strictObject({
  overall: z.literal("superior").default("superior"),
  slices: SliceRule.prefault({ rule: "harm" }),
  calibration: z.strictObject({ ece: Share.default(0.015) }).prefault({}),
  first: z.strictObject({ auc: Share.default(0.7), ece: Share.default(0.015) }).prefault({}),
  skew: z
    .strictObject({ share: Share.default(0.005), relative: z.number().gt(0).default(1e-6) })
    .nullable()
    .prefault({}),
});
export type GatePolicy = z.infer<typeof GatePolicy>;

export const SuiteDefinition = z.strictObject({
  kind: z.literal("suite"),
  name: Name,
  description: z.string().max(2000).default(""),
  dataset: Name,
  split: Name,
  label: Column,
  id: Column,
  cluster: Column.nullable().default(null),
  seed: z.int().min(0).max(0xffffffff).default(1),
  slices: z.array(SliceDefinition).max(20).default([]),
  gate: GatePolicy.prefault({}),
});
export type SuiteDefinition = z.infer<typeof SuiteDefinition>;
