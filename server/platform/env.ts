/** The only reader of the environment: every setting with its default, parsed once. docs/configuration.md lists the same. */
import { resolve } from "node:path";
import { z } from "zod";

const megabytes = (fallback: number) => z.coerce.number().int().positive().default(fallback);

export const EnvSchema = z.object({
  SLIPWAY_HOST: z.string().min(1).default("127.0.0.1"),
  SLIPWAY_PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  SLIPWAY_DATA: z.string().min(1).default(".slipway"),
  SLIPWAY_URL: z.url().optional(),
  SLIPWAY_TRUST_PROXY: z.enum(["true", "false"]).default("false"),
  SLIPWAY_LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  SLIPWAY_MAX_BODY_MB: megabytes(64),
  SLIPWAY_MAX_ARTIFACT_MB: megabytes(4096),
  SLIPWAY_INFERENCE_LOG_DAYS: z.coerce.number().positive().default(30),
  SLIPWAY_INFERENCE_LOG_SAMPLE: z.coerce.number().min(0).max(1).default(1),
  SLIPWAY_INFERENCE_LOG_MAX_ROWS: z.coerce.number().int().positive().default(5_000_000),
  SLIPWAY_JOB_LOG_DAYS: z.coerce.number().positive().default(30),
  SLIPWAY_TEMPORARY_DATASET_DAYS: z.coerce.number().positive().default(7),
  SLIPWAY_BLOB_GRACE_HOURS: z.coerce.number().min(24).default(24),
  SLIPWAY_ALLOW_PRIVATE_WEBHOOKS: z.enum(["true", "false"]).default("false"),
  SLIPWAY_ALLOW_PRIVATE_GIT: z.enum(["true", "false"]).default("false"),
  SLIPWAY_DUCKDB_MEMORY_MB: megabytes(6144),
  SLIPWAY_DUCKDB_THREADS: z.coerce.number().int().min(1).max(64).default(2),
  /** Set by the supervisor for its children. */
  SLIPWAY_WEB_SOCKET: z.string().optional(),
  SLIPWAY_INTERNAL_URL: z.url().optional(),
  SLIPWAY_SECRET: z.string().min(32).optional(),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\/./, "must start with postgres://").optional(),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(200).default(10),
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
});

export type Env = Omit<z.infer<typeof EnvSchema>, "SLIPWAY_DATA"> & { SLIPWAY_DATA: string };

/** Throws one sentence naming each setting that does not parse. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = EnvSchema.safeParse(present);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`Settings that can't be used: ${faults.join("; ")}. See docs/configuration.md.`);
  }
  return { ...parsed.data, SLIPWAY_DATA: resolve(parsed.data.SLIPWAY_DATA) };
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
