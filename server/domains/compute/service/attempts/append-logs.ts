/** Taking log bytes: every byte once and in order, whatever was sent twice, early, or after a restart. */
import { z } from "zod";
import { LOG_CHUNK_MAX } from "../../contract/protocol";
import { droppableRange, judgeChunk, mergeGaps } from "../../rules/log-bounds";
import { updateAttempt } from "../../store/attempts";
import { dropChunks, insertChunk } from "../../store/logs";
import { agentIngest } from "./agent-verb";
import { holdAttempt } from "./report-attempt";

const AppendLogsInput = z.object({
  attemptId: z.uuid(),
  offset: z.number().int().min(0),
  skipped: z.number().int().min(0).default(0),
  bytes: z
    .custom<Uint8Array>((value) => value instanceof Uint8Array)
    .refine((bytes) => bytes.length <= LOG_CHUNK_MAX, `at most ${LOG_CHUNK_MAX} bytes a request`),
});

/** Answers with the size held: the offset to send from next. */
export const appendLogs = agentIngest("compute.appendLogs", AppendLogsInput, async ({ tx, ctx, input }, tell) => {
  const { job, attempt } = await holdAttempt(tx, input.attemptId, ctx.actor.id, "share");
  const verdict = judgeChunk(attempt.logSize, input.offset, input.bytes.length, input.skipped);
  // Of a log that is past its time nothing is kept: taken as sent, or it would be sent for ever.
  if (attempt.logExpired) return { size: Math.max(attempt.logSize, input.offset + input.bytes.length) };
  if (verdict.kind !== "append") return { size: attempt.logSize };
  const bytes = Buffer.from(input.bytes.subarray(verdict.trim));
  await insertChunk(tx, job.projectId, attempt.id, verdict.offset, bytes);
  const size = verdict.offset + bytes.length;
  const droppable = droppableRange(size);
  const dropped = droppable ? await dropChunks(tx, attempt.id, droppable) : [];
  const logGaps = mergeGaps([...attempt.logGaps, ...(verdict.gap ? [verdict.gap] : []), ...dropped]);
  await updateAttempt(tx, attempt.id, { logSize: size, logGaps });
  tell(job.projectId, `log:${job.id}`);
  return { size };
});
