/** What a job that plays a replay does once that is over: it runs on, and does nothing but wait. Pure. */
import type { ReplayView } from "@/server/domains/monitoring/contract/replay";

export type RestingReplay = Pick<ReplayView, "name" | "model" | "state" | "jobId">;

/** The replay that a job has at rest; null while it plays, or where it plays none. */
export const restingReplay = <R extends RestingReplay>(replays: readonly R[], jobId: string): R | null =>
  replays.find((replay) => replay.jobId === jobId && (replay.state === "finished" || replay.state === "stopped")) ?? null;

export const restingWords = ({ state }: Pick<RestingReplay, "state">): string => `Its replay is ${state}: it waits to be started again`;
