/** The only reader of the environment: every setting with its default, parsed once. docs/configuration.md lists the same. */
import { resolve } from "node:path";
import { z } from "zod";
import { issueWords, settingFaults } from "./issues/rules/issue-words";
import { decimal, origin, wholeNumber } from "./settings/kinds";
import { misspeltSettings } from "./settings/near-names";

const days = (fallback: number) => decimal({ from: 0.0001, to: 36_500, fallback });

export const EnvSchema = z.object({
  SLIPWAY_HOST: z.string().min(1).default("127.0.0.1"),
  SLIPWAY_PORT: wholeNumber({ from: 0, to: 65_535, fallback: 3_000 }),
  SLIPWAY_DATA: z.string().min(1).default(".slipway"),
  SLIPWAY_URL: origin.optional(),
  SLIPWAY_TRUST_PROXY: z.enum(["true", "false"]).default("false"),
  SLIPWAY_LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  /** A text of JavaScript has at most 512 MiB. */
  SLIPWAY_MAX_BODY_MB: wholeNumber({ from: 1, to: 512, fallback: 64 }),
  SLIPWAY_MAX_ARTIFACT_MB: wholeNumber({ from: 1, to: 16_777_216, fallback: 4_096 }),
  SLIPWAY_INFERENCE_LOG_DAYS: days(30),
  SLIPWAY_INFERENCE_LOG_SAMPLE: decimal({ from: 0, to: 1, fallback: 1 }),
  SLIPWAY_INFERENCE_LOG_MAX_ROWS: wholeNumber({ from: 1, to: 10_000_000_000, fallback: 5_000_000 }),
  SLIPWAY_JOB_LOG_DAYS: days(30),
  SLIPWAY_TEMPORARY_DATASET_DAYS: days(7),
  SLIPWAY_BLOB_GRACE_HOURS: decimal({ from: 24, to: 876_000, fallback: 24 }),
  SLIPWAY_ALLOW_PRIVATE_WEBHOOKS: z.enum(["true", "false"]).default("false"),
  SLIPWAY_ALLOW_PRIVATE_GIT: z.enum(["true", "false"]).default("false"),
  SLIPWAY_DUCKDB_MEMORY_MB: wholeNumber({ from: 16, to: 16_777_216, fallback: 6_144 }),
  SLIPWAY_DUCKDB_THREADS: wholeNumber({ from: 1, to: 64, fallback: 2 }),
  /** Set by the supervisor for its children. */
  SLIPWAY_WEB_SOCKET: z.string().optional(),
  SLIPWAY_INTERNAL_URL: z.url().optional(),
  SLIPWAY_SECRET: z.string().min(32).optional(),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\/./, "must start with postgres://").optional(),
  DATABASE_POOL_SIZE: wholeNumber({ from: 2, to: 200, fallback: 10 }),
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
});

export type Env = Omit<z.infer<typeof EnvSchema>, "SLIPWAY_DATA"> & { SLIPWAY_DATA: string };

/** Throws one sentence naming each setting that does not parse. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = EnvSchema.safeParse(present, { error: issueWords });
  if (!parsed.success) {
    throw new Error(`Settings that can't be used: ${settingFaults(parsed.error.issues)}. See docs/configuration.md.`);
  }
  return { ...parsed.data, SLIPWAY_DATA: resolve(parsed.data.SLIPWAY_DATA) };
}

/** Of the agent, of a job's environment and of clients: right as they are. */
const namesElsewhere = ["SLIPWAY_TOKEN", "SLIPWAY_PROJECT", "SLIPWAY_ADMIN_TOKEN", "SLIPWAY_CPUS", "SLIPWAY_JOB_ID", "SLIPWAY_ATTEMPT", "SLIPWAY_ATTEMPT_ID", "SLIPWAY_AGENT_TOKEN", "SLIPWAY_AGENT_LOG_LEVEL"];

/** A sentence for each name in the environment that is a setting's but for a letter or two. */
export function misspelt(source: Record<string, string | undefined> = process.env): string[] {
  return misspeltSettings(Object.keys(source), Object.keys(EnvSchema.shape), namesElsewhere);
}

let current: Env | undefined;

export function env(): Env {
  current ??= parseEnv(process.env);
  return current;
}

/** The public base URL, without a trailing slash. */
export function publicUrl(): string {
  const { SLIPWAY_URL, SLIPWAY_HOST, SLIPWAY_PORT } = env();
  const host = SLIPWAY_HOST === "0.0.0.0" || SLIPWAY_HOST === "::" ? "localhost" : SLIPWAY_HOST;
  return (SLIPWAY_URL ?? `http://${host}:${SLIPWAY_PORT}`).replace(/\/+$/, "");
}

/** Whether cookies must be secure: the public URL is https. */
export function isSecure(): boolean {
  return publicUrl().startsWith("https://");
}

/** The secret that signs session tokens; the supervisor makes one per data folder. */
export function sessionSecret(): string {
  const secret = env().SLIPWAY_SECRET;
  if (!secret) throw new Error("SLIPWAY_SECRET is not set: start through `npm start`, which keeps one in the data folder.");
  return secret;
}

/** This process's environment with some settings replaced, for a child. */
export function childEnvironment(overrides: Record<string, string>): NodeJS.ProcessEnv {
  return { ...process.env, ...overrides };
}

/** Replaces settings of this process before anything has read them (the supervisor, after it chose a port). */
export function overrideEnv(overrides: Record<string, string>): void {
  Object.assign(process.env, overrides);
  current = undefined;
}
