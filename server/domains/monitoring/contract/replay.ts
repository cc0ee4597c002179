/** Replays of past traffic: a job reports where it is, people say what they want of it. Browser-safe. */
import { z } from "zod";
import { ModelName } from "@/server/domains/models/contract";
import { MonitorName, Text } from "./definition";

export const replayStates = ["running", "paused", "finished", "stopped"] as const;
export type ReplayState = (typeof replayStates)[number];
export const replayWishes = ["run", "pause", "stop"] as const;
export type ReplayWish = (typeof replayWishes)[number];

const Moment = z.iso.datetime({ offset: true });
const Seconds = z.number().min(0).max(3_600);
export const defaultHourSeconds = 3;

export const ReplayRef = z.object({ name: MonitorName });
export const StartReplayInput = ReplayRef.extend({
  model: ModelName, from: Moment.nullable().default(null), until: Moment.nullable().default(null), hourSeconds: Seconds.default(defaultHourSeconds), note: Text(500).default(""),
});
/** Also makes the replay when there is none of that name. */
export const ReportReplayInput = ReplayRef.extend({
  clock: Moment, state: z.enum(replayStates), until: Moment.nullable().default(null), scored: z.number().int().min(0).default(0), labelled: z.number().int().min(0).default(0), note: Text(500).optional(),
});
export const replayActions = ["pause", "resume", "stop", "speed", "restart"] as const;
export const ControlReplayInput = ReplayRef.extend({ action: z.enum(replayActions), hourSeconds: Seconds.optional() }).refine((input) => input.action !== "speed" || input.hourSeconds !== undefined, {
  message: "speed needs hourSeconds", path: ["hourSeconds"],
});

export type ReplayView = {
  name: string; model: string; state: ReplayState; wanted: ReplayWish; clock: Date | null; from: Date | null; until: Date | null; progress: number | null; hourSeconds: number;
  /** It should move, yet its job has said nothing for long: it waits in the queue, or is gone. */
  silent: boolean;
  /** The job that plays it; over, it waits there to be started again. */
  jobId: string | null;
  scored: number; labelled: number; round: number; note: string; createdAt: Date; updatedAt: Date;
};
