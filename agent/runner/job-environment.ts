/** The environment of a job's command: small, its own, and enough to speak to the server as this attempt. */
import { join } from "node:path";
import type { AttemptOrder } from "../attempt/attempt-folder";
import { MARKER_VARIABLE } from "./process-family";

export type JobFolders = { work: string; home: string; temporary: string };

const DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
const THREAD_COUNTS = ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"];

/** The server is reached directly, also where the rest of the world is behind a proxy. */
function withoutProxyFor(url: string, passed: Record<string, string>): Record<string, string> {
  const known = passed.NO_PROXY ?? passed.no_proxy;
  const list = [...(known ? [known] : []), new URL(url).hostname].join(",");
  return { NO_PROXY: list, no_proxy: list };
}

function identity(order: AttemptOrder): Record<string, string> {
  return {
    SLIPWAY_URL: order.url,
    SLIPWAY_TOKEN: order.token,
    MLFLOW_TRACKING_URI: order.url,
    MLFLOW_TRACKING_TOKEN: order.token,
    SLIPWAY_JOB_ID: order.jobId,
    SLIPWAY_ATTEMPT: String(order.attempt),
    SLIPWAY_ATTEMPT_ID: order.attemptId,
    SLIPWAY_CPUS: String(order.spec.resources.cpus),
    SLIPWAY_MEMORY_BYTES: String(order.spec.resources.memoryBytes),
    [MARKER_VARIABLE]: order.marker,
    // None named is none seen.
    CUDA_VISIBLE_DEVICES: order.devices.join(","),
  };
}

/** Whole, for a script may leave its folder before it looks. */
function checkpoint({ spec }: AttemptOrder, { work }: JobFolders): Record<string, string> {
  const { SLIPWAY_CHECKPOINT: path } = spec.env;
  return path === undefined ? {} : { SLIPWAY_CHECKPOINT: join(work, path) };
}

export function jobEnvironment(
  order: AttemptOrder,
  folders: JobFolders,
  passed: Record<string, string>,
  venv: string | null,
): Record<string, string> {
  const threads = String(Math.max(1, Math.floor(order.spec.resources.cpus)));
  const path = passed.PATH ?? DEFAULT_PATH;
  return {
    ...passed,
    ...withoutProxyFor(order.url, passed),
    PATH: venv ? `${join(venv, "bin")}:${path}` : path,
    ...(venv ? { VIRTUAL_ENV: venv } : {}),
    HOME: folders.home,
    TMPDIR: folders.temporary,
    LANG: "C.UTF-8",
    PYTHONUNBUFFERED: "1",
    // Libraries that count the host's cores would fight over those that the job was given.
    ...Object.fromEntries(THREAD_COUNTS.map((name) => [name, threads])),
    ...order.spec.env,
    ...checkpoint(order, folders),
    ...identity(order),
  };
}
