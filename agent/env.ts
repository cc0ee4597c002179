/** The agent's settings: the only reader of its environment. docs/configuration.md lists the same. */
import { hostname } from "node:os";
import { resolve } from "node:path";
import { z } from "zod";
import { issueWords, settingFaults } from "@/server/platform/issues/rules/issue-words";

const labelsText = z.string().transform((text, ctx) => {
  const labels: Record<string, string> = {};
  for (const pair of text.split(",").filter(Boolean)) {
    const [key = "", value] = pair.split("=", 2);
    if (value === undefined) ctx.addIssue({ code: "custom", message: `${pair} is not key=value` });
    else labels[key.trim()] = value.trim();
  }
  return labels;
});

const AgentEnvSchema = z.object({
  SLIPWAY_URL: z.url(),
  /** An enrolment token; needed once, until the agent has an identity in its state folder. */
  SLIPWAY_AGENT_TOKEN: z.string().min(1).optional(),
  SLIPWAY_AGENT_STATE: z.string().min(1).default(".slipway/agent"),
  SLIPWAY_AGENT_NAME: z.string().min(1).max(100).default(hostname().slice(0, 100)),
  SLIPWAY_AGENT_CPUS: z.coerce.number().min(0.1).max(4096).optional(),
  SLIPWAY_AGENT_MEMORY_MB: z.coerce.number().int().min(64).optional(),
  SLIPWAY_AGENT_MAX_JOBS: z.coerce.number().int().min(1).max(100).default(32),
  /** On SIGTERM: give running jobs back to the queue, or let them finish. */
  SLIPWAY_AGENT_DRAIN: z.enum(["release", "finish"]).default("release"),
  /** Between SIGTERM and SIGKILL to a job. */
  SLIPWAY_AGENT_GRACE_SECONDS: z.coerce.number().min(0).max(3_600).default(10),
  SLIPWAY_AGENT_CACHE_MB: z.coerce.number().int().min(1).default(20_480),
  /** The Python that environments are made with; left out, the host's `python3` or the first of its versions. */
  SLIPWAY_AGENT_PYTHON: z.string().min(1).optional(),
  SLIPWAY_AGENT_LABELS: labelsText.default({}),
  SLIPWAY_AGENT_LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
});

export type AgentEnv = z.output<typeof AgentEnvSchema>;

export function parseAgentEnv(source: Record<string, string | undefined>): AgentEnv {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = AgentEnvSchema.safeParse(present, { error: issueWords });
  if (!parsed.success) {
    throw new Error(`Settings that can't be used: ${settingFaults(parsed.error.issues)}.`);
  }
  const url = parsed.data.SLIPWAY_URL.replace(/\/+$/, "");
  return { ...parsed.data, SLIPWAY_URL: url, SLIPWAY_AGENT_STATE: resolve(parsed.data.SLIPWAY_AGENT_STATE) };
}

export function agentEnv(): AgentEnv {
  return parseAgentEnv(process.env);
}

export function logLevel(): string {
  return process.env.SLIPWAY_AGENT_LOG_LEVEL ?? "info";
}

/** What programs that the agent itself starts (pip, uv, nvidia-smi) may see; never the agent's own tokens. */
export function hostEnvironment(): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && !name.startsWith("SLIPWAY_") && name !== "NODE_OPTIONS" && name !== "NODE_CHANNEL_FD")
      kept[name] = value;
  }
  return kept;
}

/** What of the host a job may see: how to reach the network, nothing of the person who started the agent. */
export function passedToJobs(): Record<string, string> {
  const names = [
    "PATH",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
  ];
  const host = hostEnvironment();
  return Object.fromEntries(names.flatMap((name) => (host[name] === undefined ? [] : [[name, host[name]]])));
}

/** The types of Node's child processes ask for NODE_ENV, which no job needs. */
export function processEnv(variables: Record<string, string>): NodeJS.ProcessEnv {
  return variables as NodeJS.ProcessEnv;
}
