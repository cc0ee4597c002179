/** Replays: the job says where it is, people pause, resume, speed up, stop or begin it anew. */
import { z } from "zod";
import { Conflict, NotFound } from "@/server/platform/errors";
import { ingest, mutation, query } from "@/server/platform/mutation";
import { ControlReplayInput, defaultHourSeconds, ReplayRef, type ReplayState, type ReplayView, type ReplayWish, ReportReplayInput, StartReplayInput } from "../contract/replay";
import { changeReplay, findReplay, listReplayRows, type ReplayChange, type ReplayRow, saveReplay } from "../store/replays";

const topics = (name: string): string[] => ["replays", `replay:${name}`];
const dateOf = (text: string | null): Date | null => (text === null ? null : new Date(text));

const silentAfterSeconds = 120;

/** A day at once takes seconds, an hour of the stream at most its own pace. */
function isSilent({ state, hourSeconds, updatedAt }: ReplayRow): boolean {
  return state === "running" && Date.now() - updatedAt.getTime() > 1_000 * (silentAfterSeconds + 3 * hourSeconds);
}

function replayView(row: ReplayRow): ReplayView {
  const { name, model, clock, fromTime: from, untilTime: until, hourSeconds, scored, labelled, round, note, jobId, createdAt, updatedAt } = row;
  const span = from && until ? until.getTime() - from.getTime() : 0;
  const progress = clock && from && span > 0 ? Math.min(1, Math.max(0, (clock.getTime() - from.getTime()) / span)) : null;
  return { name, model, state: row.state as ReplayState, wanted: row.wanted as ReplayWish, clock, from, until, progress, hourSeconds, silent: isSilent(row), jobId, scored, labelled, round, note, createdAt, updatedAt };
}

/** Makes a replay, or says anew what it is; where its job stands is not touched. */
export const startReplay = mutation("monitoring.startReplay", "member", StartReplayInput, async ({ tx, ctx, input, subject, publish }) => {
  const { name, model, hourSeconds, note } = input;
  const set: ReplayChange = { model, hourSeconds, note, fromTime: dateOf(input.from), untilTime: dateOf(input.until), wanted: "run" };
  const row = await saveReplay(tx, { projectId: ctx.project.id, name, state: "running", ...set, model, hourSeconds }, set);
  subject({ kind: "replay", id: name, name }, { model, hourSeconds });
  publish(...topics(name));
  return replayView(row);
});

export const getReplay = query("monitoring.getReplay", "viewer", ReplayRef, async ({ db, ctx, input }) => {
  const row = await findReplay(db, ctx.project.id, input.name);
  if (!row) throw new NotFound(`There is no replay ${input.name}.`);
  return replayView(row);
});

export const listReplays = query("monitoring.listReplays", "viewer", z.object({}), async ({ db, ctx }) => (await listReplayRows(db, ctx.project.id)).map(replayView));

/** The job's own report; the first one makes the replay, at the usual pace. */
export const reportReplayPosition = ingest("monitoring.reportReplayPosition", "member", ReportReplayInput, async ({ tx, ctx, input, publish }) => {
  const { name, state, scored, labelled } = input;
  const clock = new Date(input.clock);
  const known = await findReplay(tx, ctx.project.id, name);
  const set: ReplayChange = { state, clock, jobId: ctx.actor.attempt?.jobId ?? null, scored, labelled, fromTime: known?.fromTime ?? clock, untilTime: dateOf(input.until) ?? known?.untilTime ?? null, ...(input.note === undefined ? {} : { note: input.note }) };
  const row = await saveReplay(tx, { projectId: ctx.project.id, name, model: name, hourSeconds: defaultHourSeconds, ...set, state }, set);
  publish(...topics(name));
  return replayView(row);
});

/** What a wish changes; a wish that makes no sense in this state is a Conflict. */
function changeOf(row: ReplayRow, input: z.output<typeof ControlReplayInput>): ReplayChange {
  const isOver = row.state === "finished" || row.state === "stopped";
  if (input.action === "restart") {
    if (!isOver) throw new Conflict("This replay still runs: stop it first.");
    // Ids of another round differ, so that its predictions are not taken for repetitions.
    return { wanted: "run", state: "running", clock: null, scored: 0, labelled: 0, round: row.round + 1 };
  }
  if (input.action === "speed") return { hourSeconds: input.hourSeconds };
  if (isOver) throw new Conflict(`This replay is ${row.state}: start it again instead.`);
  // Nobody is there to read the wish.
  if (input.action === "stop" && isSilent(row)) return { wanted: "stop", state: "stopped" };
  return { wanted: input.action === "resume" ? "run" : input.action };
}

export const controlReplay = mutation("monitoring.controlReplay", "member", ControlReplayInput, async ({ tx, ctx, input, subject, publish }) => {
  const known = await findReplay(tx, ctx.project.id, input.name);
  if (!known) throw new NotFound(`There is no replay ${input.name}.`);
  const row = await changeReplay(tx, ctx.project.id, input.name, changeOf(known, input));
  if (!row) throw new NotFound(`There is no replay ${input.name}.`);
  subject({ kind: "replay", id: input.name, name: input.name }, { action: input.action, hourSeconds: row.hourSeconds });
  publish(...topics(input.name));
  return replayView(row);
});
