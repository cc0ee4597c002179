/** What is applied: a monitor over an endpoint, its reference and its rules. Browser-safe. */
import { z } from "zod";
import { ModelName } from "@/server/domains/models/contract";

const wellFormed = (text: string) => !/\p{Surrogate}/u.test(text) && !text.includes("\u0000");
export const Text = (max: number) => z.string().max(max).refine(wellFormed, "must be storable text");

export const MonitorName = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, "lower-case letters, digits, - and _, at most 63");
const RuleName = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, "lower-case letters, digits, - and _");
const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?)?$/, "a day or a time");

const unitMs: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
export const hourMs = 3_600_000;
export const dayMs = 86_400_000;

/** `7d` → milliseconds. */
const Span = (least: number, most: number) =>
  z
    .union([z.string().regex(/^\d{1,6}[mhd]$/, "a time such as 7d").transform((text) => Number.parseInt(text, 10) * (unitMs[text.slice(-1)] ?? 1)), z.number()])
    .refine((ms) => ms >= least && ms <= most, `between ${least / hourMs} h and ${most / dayMs} d`);

const isWhole = (ms: number) => (ms < dayMs ? dayMs % ms === 0 && ms % hourMs === 0 : ms % dayMs === 0);
const Window = Span(hourMs, 60 * dayMs).refine(isWhole, "hours that divide a day, or whole days");

export const measures = ["psi", "ks", "null_share", "count", "log_loss", "observed_over_predicted"] as const;
export type Measure = (typeof measures)[number];
export const ofColumns: readonly Measure[] = ["psi", "ks", "null_share"];
export const ofLabels: readonly Measure[] = ["log_loss", "observed_over_predicted"];

export const Rule = z
  .object({
    name: RuleName,
    measure: z.enum(measures),
    /** Whose distribution: the features or the score; only for measures of columns. */
    of: z.enum(["features", "score"]).optional(),
    window: Window,
  })
  .refine((rule) => ofColumns.includes(rule.measure) === (rule.of !== undefined), { message: "psi, ks and null_share need `of: features` or `of: score`; other measures take none", path: ["of"] })
  .refine((rule) => !ofLabels.includes(rule.measure) || rule.window >= dayMs, { message: "a window of labels has whole days", path: ["window"] });

export const MonitorDefinition = z.object({
  kind: z.literal("monitor").default("monitor"),
  /** The portal's page for a monitor that is not there yet stands at this name. */
  name: MonitorName.refine((name) => name !== "new", "another name than new"),
  description: Text(2_000).default(""),
  owner: Text(200).default(""),
  runbook: Text(2_000).default(""),
  model: ModelName,
  /** Rows of a dataset whose `column` lies in [from, to]; the champion scores them. */
  reference: z.object({ dataset: z.string().regex(/^[a-z][a-z0-9_]{0,62}$/), column: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,62}$/), from: Day, to: Day }),
  /** A limit is `times` the worst of the reference's own windows, and at least `floor`. */
  calibrate: z.object({ times: z.number().min(1).max(100).default(1.5), floor: z.number().min(0).max(100).default(0.1) }).prefault({}),
  /** A window with fewer rows is not judged. */
  min_rows: z.number().int().min(1).max(1_000_000).default(100),
  /** How long after a window's end its labels are waited for. */
  labels: z.object({ wait: Span(0, 60 * dayMs).default(dayMs / 2) }).prefault({}),
  rules: z
    .array(Rule)
    .min(1)
    .max(50)
    .refine((rules) => new Set(rules.map((rule) => rule.name)).size === rules.length, "rules need different names"),
});

export type Rule = z.output<typeof Rule>;
export type MonitorDefinition = z.output<typeof MonitorDefinition>;
