/** Recipes: launchable job templates, and what a launch names. Browser-safe. */
import { z } from "zod";
import { EntityKey, StoredText } from "./run";

export const RecipeName = z.string().regex(/^[a-z][a-z0-9_-]{0,62}$/, "lower-case letters, digits, - and _, at most 63");
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, "a SHA-256 in hex");

const sizes: Record<string, number> = { KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3, TiB: 1024 ** 4 };
const spans: Record<string, number> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** `3GiB` → bytes. */
export const ByteSize = z
  .string()
  .regex(/^\d+(\.\d+)?(KiB|MiB|GiB|TiB)$/, "a size such as 3GiB")
  .transform((text) => Math.round(Number.parseFloat(text) * (sizes[text.replace(/[\d.]/g, "")] ?? 1)));
/** `30m` → seconds. */
export const TimeSpan = z
  .string()
  .regex(/^\d+[smhd]$/, "a time such as 30m")
  .transform((text) => Number.parseInt(text, 10) * (spans[text.slice(-1)] ?? 1));

export const recipeInputTypes = ["dataset", "logged_model", "file"] as const;

/** An object of these keys alone: another is refused, with those that are known. */
const closed = <S extends z.core.$ZodLooseShape>(shape: S) =>
  z.strictObject(shape, { error: (issue) => (issue.code === "unrecognized_keys" ? `Unknown: ${issue.keys.slice(0, 20).join(", ")}. Known here: ${Object.keys(shape).join(", ")}.` : undefined) });

/** Of JSON schema what forms, checks and sweeps know; its pattern is RE2's. */
const ParameterSchema = closed({
  type: z.enum(["string", "number", "integer", "boolean"]),
  title: z.string().max(100).optional(),
  description: z.string().max(1_000).optional(),
  enum: z.array(z.union([z.string(), z.number()])).max(200).optional(),
  default: z.union([z.string(), z.number(), z.boolean()]).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  exclusiveMaximum: z.number().optional(),
  multipleOf: z.number().positive().optional(),
  minLength: z.number().int().min(0).optional(),
  maxLength: z.number().int().min(0).optional(),
  pattern: z.string().min(1).max(300).optional(),
  /** Of its value, as a form shows it: `ms`, `rows`. */
  unit: z.string().max(40).optional(),
});
export type ParameterSchema = z.infer<typeof ParameterSchema>;

export const RunResources = closed({ cpus: z.number().min(0.1).max(1_024).default(1), memory: ByteSize.prefault("2GiB"), timeout: TimeSpan.prefault("1h"), gpus: z.number().int().min(0).max(64).default(0) });

/** What a run of the recipe logs, and which end of it is better. */
const MetricPromise = closed({ direction: z.enum(["minimize", "maximize"]), unit: z.string().max(40).default(""), description: z.string().max(1_000).default("") });
export type MetricPromise = z.output<typeof MetricPromise>;

export const RecipeDefinition = closed({
  kind: z.literal("recipe"),
  name: RecipeName,
  description: z.string().max(2_000).default(""),
  experiment: StoredText(500).min(1),
  command: z.array(z.string().min(1).max(4_000)).min(1).max(50),
  inputs: z.record(RecipeName, closed({ type: z.enum(recipeInputTypes), description: z.string().max(1_000).default(""), optional: z.boolean().default(false) })).default({}),
  outputs: z.record(RecipeName, closed({ type: z.string().max(60), description: z.string().max(1_000).default("") })).default({}),
  parameters: closed({
    type: z.literal("object"),
    additionalProperties: z.boolean().default(false),
    required: z.array(z.string()).max(200).default([]),
    properties: z.record(z.string().regex(/^[A-Za-z][\w-]{0,62}$/), ParameterSchema).refine((properties) => Object.keys(properties).length <= 200, "At most 200 parameters.").default({}),
  }).default({ type: "object", additionalProperties: false, required: [], properties: {} }),
  /** Left out where there is none, so that what was registered before stays the same content. */
  metrics: z.record(EntityKey, MetricPromise).refine((metrics) => Object.keys(metrics).length <= 100, "at most 100 metrics").optional(),
  /** How often a run is tried whose own command fails; once where it is left out. A lost agent does not count. */
  attempts: z.number().int().min(1).max(20).optional(),
  resources: RunResources.prefault({}),
});
export type RecipeDefinition = z.output<typeof RecipeDefinition>;

export const RegisterRecipeInput = z.object({
  definition: RecipeDefinition,
  codeSha256: Sha256,
  requirementsSha256: Sha256.nullable().default(null),
});
/** `folder`: where in the archive the recipe lies; empty for its root or its only folder. */
export const RegisterRecipeArchiveInput = z.object({
  sha256: Sha256,
  fileName: StoredText(300).default(""),
  folder: StoredText(500).default(""),
});

const withoutCredentials = (url: string) => {
  const { username, password } = new URL(url);
  return username === "" && password === "";
};

export const RegisterRecipeFromGitInput = z.object({
  url: z
    .url({ protocol: /^https?$/, error: "an https address" })
    .max(2_000)
    .refine((url) => !URL.canParse(url) || withoutCredentials(url), "leave name and password out of the address: give a token")
    // The address is kept and shown, and what stands there is often a secret.
    .refine((url) => !/[?#]/.test(url), "nothing behind ? or # belongs to a repository's address"),
  /** A branch, a tag or a commit's full id; the default branch, if empty. */
  ref: StoredText(500).default(""),
  /** Where in the repository the recipe lies. */
  folder: StoredText(500).default(""),
  /** Used once, kept sealed until then, and forgotten. */
  token: StoredText(2_000).min(1).nullable().default(null),
});

/** Where a version came from first. */
export type RecipeSource = { kind: "archive"; fileName: string } | { kind: "git"; url: string; ref: string; folder: string; commit: string };

export const RecipeRef = z.object({ name: RecipeName, version: z.int32().min(1).nullable().default(null) });

export const LaunchRunInput = z.object({
  recipe: RecipeName,
  version: z.int32().min(1).nullable().default(null),
  experiment: StoredText(500).nullable().default(null),
  runName: StoredText(200).default(""),
  parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  /** By input name: a dataset's name or id, a logged model's id, or a file's SHA-256. */
  inputs: z.record(z.string(), z.string().min(1).max(300)).default({}),
  tags: z.array(z.object({ key: EntityKey, value: StoredText(8_000) })).max(100).default([]),
  priority: z.number().int().min(-100).max(100).default(0),
  clonedFrom: z.uuid().nullable().default(null),
});
export type LaunchRunInput = z.input<typeof LaunchRunInput>;

export type RecipeView = {
  id: string; name: string; version: number; definition: RecipeDefinition; codeSha256: string; requirementsSha256: string | null;
  contentSha256: string; source: RecipeSource | null; createdAt: Date;
};
/** `isNew`: false where this very content was registered before. */
export type RegisteredRecipe = RecipeView & { isNew: boolean };

export type LaunchPreview = { command: string[]; resources: RecipeDefinition["resources"]; attempts: number; environment: string; faults: { field: string; message: string }[] };
