/** Everything before the command: folders, code, inputs, environment. Each failure has a cause of its own. */
import { constants, mkdirSync, readFileSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { AttemptFolder, AttemptOrder } from "../attempt/attempt-folder";
import { type BlobSource, fetchBlob } from "../content/fetch-blob";
import { unpackCode } from "../content/unpack";
import { passedToJobs } from "../env";
import { findPythons, hasUv } from "../python/find-pythons";
import { EnvironmentFailed, prepareEnvironment } from "../python/python-environment";
import { AttemptFailure } from "./attempt-failure";
import { jobEnvironment } from "./job-environment";
import type { JobLog } from "./job-log";
import { MARKER_VARIABLE } from "./process-family";

const CODE_MAX_BYTES = 512 * 1024 ** 2;
const INPUT_MAX_BYTES = 256 * 1024 ** 3;
const REQUIREMENTS_MAX_BYTES = 4 * 1024 ** 2;
const PREPARE_LIMIT_MS = 60 * 60_000;

export type Prepared = { work: string; env: Record<string, string> };
type Around = { order: AttemptOrder; log: JobLog; source: BlobSource };

async function makeEnvironment({ order, log, source }: Around): Promise<string | null> {
  const { environment } = order.spec;
  if (environment.kind === "none") return null;
  const [python] = order.pythonPath === null ? [] : await findPythons(order.pythonPath);
  if (!python)
    throw new AttemptFailure("environment_failed", "This host has no Python 3.10 or newer that can make environments.");
  const requirements = readFileSync(await fetchBlob(source, environment.requirementsSha256, REQUIREMENTS_MAX_BYTES));
  try {
    return await prepareEnvironment({
      stateFolder: order.stateFolder,
      requirements,
      python,
      uv: await hasUv(),
      env: { [MARKER_VARIABLE]: order.marker },
      log: (bytes) => log.write(bytes),
      signal: source.signal,
    });
  } catch (error) {
    if (error instanceof EnvironmentFailed) throw new AttemptFailure("environment_failed", error.message);
    throw error;
  }
}

async function placeInputs({ order, source }: Around, work: string): Promise<void> {
  for (const { path, sha256 } of order.spec.inputs) {
    const cached = await fetchBlob(source, sha256, INPUT_MAX_BYTES);
    mkdirSync(dirname(join(work, path)), { recursive: true });
    // A copy (shared blocks where the disk can): a job may write to its inputs without harm to the cache.
    // Not while nobody hears that the lease goes on: a large file takes longer than it.
    await copyFile(cached, join(work, path), constants.COPYFILE_FICLONE);
    source.signal.throwIfAborted();
  }
}

export async function prepareAttempt(
  folder: AttemptFolder,
  order: AttemptOrder,
  log: JobLog,
  stop: AbortSignal,
): Promise<Prepared> {
  const at = (name: string) => join(folder.scratchPath, name);
  const folders = { work: at("work"), home: at("home"), temporary: at("tmp") };
  for (const path of Object.values(folders)) mkdirSync(path, { recursive: true, mode: 0o700 });
  const signal = AbortSignal.any([stop, AbortSignal.timeout(PREPARE_LIMIT_MS)]);
  const source = { url: order.url, token: order.token, cacheFolder: join(order.stateFolder, "blobs"), signal, say: (text: string) => log.say(text) };
  const around = { order, log, source };
  try {
    if (order.spec.code) await unpackCode(await fetchBlob(source, order.spec.code, CODE_MAX_BYTES), folders.work);
    await placeInputs(around, folders.work);
    const venv = await makeEnvironment(around);
    return { work: folders.work, env: jobEnvironment(order, folders, passedToJobs(), venv) };
  } catch (error) {
    if (!stop.aborted && signal.aborted)
      throw new AttemptFailure("environment_failed", "Preparing took longer than an hour.");
    throw error;
  }
}
