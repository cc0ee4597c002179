/** What is applied to the catalog: entities, sources, feature views, feature services, datasets. Browser-safe. */
import { z } from "zod";

export const Name = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, "lower-case letters, digits and _, at most 63");
export const Column = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,62}$/, "a column name: letters, digits and _");
const Description = z.string().max(2_000).default("");
const Owner = z.string().max(200).default("");

const spans: Record<string, number> = { s: 1, m: 60, h: 3_600, d: 86_400 };
/** `2h` → 7200 seconds. */
export const Span = z
  .string()
  .regex(/^\d{1,6}[smhd]$/, "a time such as 2h")
  .transform((text) => Number.parseInt(text, 10) * (spans[text.slice(-1)] ?? 1));

export const dtypes = ["float64", "float32", "int64", "int32", "string", "bool", "timestamp", "date"] as const;
export const Dtype = z.enum(dtypes);
export type Dtype = z.infer<typeof Dtype>;

const Field = z.object({ name: Column, dtype: Dtype, unit: z.string().max(40).default(""), description: Description });
const Check = z.object({ name: z.string().min(1).max(100), holds: z.string().min(1).max(2_000) });

export const EntityDefinition = z.object({ kind: z.literal("entity"), name: Name, key: Column, dtype: Dtype.default("string"), description: Description, owner: Owner });
export const SourceDefinition = z
  .object({
    kind: z.literal("source"), name: Name, description: Description, owner: Owner,
    file: z.string().max(500).optional(), row_number: Column.optional(), from: z.array(Name).max(20).default([]), sql: z.string().max(200).optional(),
    columns: z.array(Field).max(2_000).default([]), checks: z.array(Check).max(200).default([]),
  })
  .refine((source) => (source.file === undefined) !== (source.sql === undefined), { message: "needs exactly one of file, sql" });
export const FeatureViewDefinition = z.object({
  kind: z.literal("feature_view"), name: Name, description: Description, owner: Owner, entity: Name, source: Name, sql: z.string().max(200),
  event_time: Column.default("event_time"), available_at: Column.optional(), ttl: Span,
  online: z.object({ history: Span }).default({ history: 172_800 }), features: z.array(Field).min(1).max(2_000),
});
export const FeatureServiceDefinition = z.object({
  kind: z.literal("feature_service"), name: Name, description: Description, owner: Owner,
  views: z.array(z.object({ view: Name, join: z.record(Column, Column).default({}), features: z.array(Column).max(2_000).optional() })).min(1).max(50),
  request: z.array(Field).max(200).default([]),
});
const DayOrTime = z.string().regex(/^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?)?$/, "a day or a time");
export const DatasetDefinition = z.object({
  kind: z.literal("dataset"), name: Name, description: Description, owner: Owner, source: Name, sql: z.string().max(200), service: Name,
  id: Column, event_time: Column, label: Column, cluster: Column.optional(), slices: z.array(Column).max(50).default([]),
  sample: z.object({ by: Column, share: z.number().gt(0).max(1) }).optional(),
  splits: z.record(Name, z.object({ column: Column, from: DayOrTime, to: DayOrTime })).default({}),
});

export const Definition = z.discriminatedUnion("kind", [
  EntityDefinition, SourceDefinition, FeatureViewDefinition, FeatureServiceDefinition, DatasetDefinition,
]);
export type Definition = z.output<typeof Definition>;
export type DefinitionKind = Definition["kind"];
export type EntityDefinition = z.output<typeof EntityDefinition>;
export type SourceDefinition = z.output<typeof SourceDefinition>;
export type FeatureViewDefinition = z.output<typeof FeatureViewDefinition>;
export type FeatureServiceDefinition = z.output<typeof FeatureServiceDefinition>;
export type DatasetDefinition = z.output<typeof DatasetDefinition>;

export const ApplyDefinitionsInput = z.object({
  /** `sqlText` is the content of the file that the definition's `sql` names. */
  definitions: z.array(z.object({ definition: Definition, sqlText: z.string().max(100_000).nullable().default(null) })).min(1).max(500),
});

export type AppliedDefinition = { kind: DefinitionKind; name: string; version: number; change: "created" | "changed" | "unchanged" };
