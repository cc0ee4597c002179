/** Reading a job's log: a slice of text for a page, or all of it as bytes for a download. */
import type { Db } from "@/server/platform/db";
import { NotFound } from "@/server/platform/errors";
import { query } from "@/server/platform/mutation";
import { type ByteRange, type LogSlice, ReadLogsInput, ReadUsageInput, type UsageSample } from "../contract/job";
import { isFinished } from "../rules/job-state";
import { wholeCharacters } from "../rules/log-bounds";
import { findAttempt } from "../store/attempts";
import { type AttemptRow, findJob, type JobRow } from "../store/jobs";
import { selectChunks } from "../store/logs";
import { selectUsage } from "../store/usage";

const USAGE_SAMPLES_MAX = 5_000;
const DOWNLOAD_STEP = 1024 * 1024;

async function findLog(
  db: Db,
  projectId: string,
  jobId: string,
  number?: number,
): Promise<{ job: JobRow; attempt: AttemptRow | null }> {
  const job = await findJob(db, projectId, jobId);
  if (!job) throw new NotFound(`There is no job ${jobId}.`);
  const wanted = number ?? job.attempt;
  const attempt = wanted === 0 ? undefined : await findAttempt(db, projectId, jobId, wanted);
  if (!attempt && number !== undefined) throw new NotFound(`The job has no attempt ${number}.`);
  return { job, attempt: attempt ?? null };
}

/** Up to `limit` bytes from `from`, ending where a gap begins; a start inside a gap moves to its end. */
async function readRange(
  db: Db,
  attempt: AttemptRow,
  from: number,
  limit: number,
): Promise<{ bytes: Buffer } & ByteRange> {
  const inside = attempt.logGaps.find((gap) => gap.from <= from && from < gap.to);
  const start = inside ? inside.to : from;
  const nextGap = attempt.logGaps.find((gap) => gap.from > start);
  const end = Math.min(start + limit, nextGap?.from ?? attempt.logSize, attempt.logSize);
  if (end <= start) return { bytes: Buffer.alloc(0), from: start, to: start };
  const chunks = await selectChunks(db, attempt.projectId, attempt.id, { from: start, to: end });
  const parts = chunks.map((chunk) => chunk.bytes.subarray(Math.max(0, start - chunk.offset), end - chunk.offset));
  const bytes = Buffer.concat(parts);
  return { bytes, from: start, to: start + bytes.length };
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0b1100_0000) === 0b1000_0000;
}

export const readLogs = query(
  "compute.readLogs",
  "viewer",
  ReadLogsInput,
  async ({ db, ctx, input }): Promise<LogSlice> => {
    const { job, attempt } = await findLog(db, ctx.project.id, input.jobId, input.attempt);
    if (!attempt) {
      return { attempt: 0, text: "", from: 0, to: 0, size: 0, gaps: [], expired: false, ended: isFinished(job.state) };
    }
    const isTail = input.offset < 0;
    const wanted = isTail ? Math.max(0, attempt.logSize + input.offset) : Math.min(input.offset, attempt.logSize);
    const range = await readRange(db, attempt, wanted, input.limit);
    const ended = attempt.finishedAt !== null;
    const isLast = range.to === attempt.logSize && ended;
    const atGap = attempt.logGaps.some((gap) => gap.from === range.to);
    // A tail may begin inside a character: its rest is no text.
    let skip = 0;
    while (isTail && wanted > 0 && skip < 3 && isContinuation(range.bytes[skip])) skip += 1;
    const length = isLast || atGap ? range.bytes.length : wholeCharacters(range.bytes);
    return {
      attempt: attempt.number,
      text: range.bytes.subarray(skip, length).toString("utf8"),
      from: range.from + skip,
      to: range.from + length,
      size: attempt.logSize,
      gaps: attempt.logGaps,
      expired: attempt.logExpired,
      ended,
    };
  },
);

export const readUsage = query(
  "compute.readUsage",
  "viewer",
  ReadUsageInput,
  async ({ db, ctx, input }): Promise<UsageSample[]> => {
    const { attempt } = await findLog(db, ctx.project.id, input.jobId, input.attempt);
    return attempt ? selectUsage(db, ctx.project.id, attempt.id, USAGE_SAMPLES_MAX) : [];
  },
);

async function* logBytes(db: Db, attempt: AttemptRow): AsyncGenerator<Uint8Array> {
  let at = 0;
  while (at < attempt.logSize) {
    const range = await readRange(db, attempt, at, DOWNLOAD_STEP);
    if (range.from > at) yield Buffer.from(`\n[slipway: ${range.from - at} bytes left out here]\n`);
    if (range.to <= at) return;
    yield range.bytes;
    at = range.to;
  }
}

const DownloadLogInput = ReadUsageInput;

/** The whole log as it was written, with a line where bytes were left out. */
export const downloadLog = query("compute.downloadLog", "viewer", DownloadLogInput, async ({ db, ctx, input }) => {
  const { job, attempt } = await findLog(db, ctx.project.id, input.jobId, input.attempt);
  const number = attempt?.number ?? 0;
  return { fileName: `${job.id}-attempt-${number}.log`, bytes: attempt ? logBytes(db, attempt) : empty() };
});

async function* empty(): AsyncGenerator<Uint8Array> {}
