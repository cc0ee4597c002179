/**
 * The one door to a write: parses, authorises, opens the transaction, answers a repeated Idempotency-Key from the
 * first answer, runs the body, appends the audit row, and publishes live topics after commit.
 */
import type { z } from "zod";
import { appendAudit, type AuditSubject } from "./audit/append";
import type { InstanceContext, ProjectContext, Role } from "./context";
import { database, type Db, type Tx } from "./db";
import { recallAnswer, storeAnswer } from "./idempotency";
import { addLinks, type Link } from "./links";
import { publishLive } from "./live/publish";
import { emitEvent, type EventDefinition } from "./outbox";
import { authorizeInstance, authorizeProject, type InstanceAccess } from "./policy/access";
import { type InstanceVerb, parseInput, type ProjectVerb, type VerbKind } from "./verb";

/** What the body of a write gets. */
export type Write<C extends InstanceContext, I> = {
  tx: Tx;
  ctx: C;
  input: I;
  /** Names what the audit row is about, with what changed. */
  subject(subject: AuditSubject, details?: Record<string, unknown>): void;
  emit<S extends z.ZodType>(event: EventDefinition<S>, payload: z.input<S>): Promise<void>;
  /** Live topics to tell viewers of, after commit. */
  publish(...topics: string[]): void;
  link(...edges: Link[]): Promise<void>;
};

export type Read<C extends InstanceContext, I> = { db: Db; ctx: C; input: I };

const instanceTopics = "*";

type Audited = { subject: AuditSubject | null; details: Record<string, unknown> };

function projectOf(ctx: InstanceContext | ProjectContext): string | null {
  return "project" in ctx ? ctx.project.id : null;
}

type WriteBody<C extends InstanceContext, I, R> = (write: Write<C, I>) => Promise<R>;

/** Runs a body on an open transaction, with its audit row; `topics` gathers what to publish after commit. */
async function runBody<C extends InstanceContext, I, R>(
  kind: VerbKind,
  action: string,
  unit: { tx: Tx; ctx: C; input: I; publish: (...topics: string[]) => void },
  body: WriteBody<C, I, R>,
): Promise<R> {
  const audited: Audited = { subject: null, details: {} };
  const projectId = projectOf(unit.ctx);
  const answer = await body({
    ...unit,
    subject: (subject, details = {}) => Object.assign(audited, { subject, details }),
    emit: (event, payload) => emitEvent(unit.tx, projectId, event, payload),
    link: (...edges) => addLinks(unit.tx, projectId ?? "", edges),
  });
  if (kind === "mutation") await appendAudit(unit.tx, unit.ctx, action, audited.subject, audited.details);
  return answer;
}

async function runWrite<C extends InstanceContext, I, R>(
  kind: VerbKind,
  action: string,
  ctx: C,
  input: I,
  body: WriteBody<C, I, R>,
): Promise<R> {
  const topics: string[] = [];
  const result = await database().transaction(async (tx) => {
    const recalled = await recallAnswer<R>(tx, ctx, action, input);
    if (recalled) return recalled.answer;
    const publish = (...more: string[]) => void topics.push(...more);
    const answer = await runBody(kind, action, { tx, ctx, input, publish }, body);
    await storeAnswer(tx, ctx, answer);
    return answer;
  });
  if (topics.length > 0) publishLive(projectOf(ctx) ?? instanceTopics, topics);
  return result;
}

/** A write that another write may run inside its own transaction: same parsing, authorisation and audit row. */
export type Within<S extends z.ZodType, R> = {
  within(outer: Pick<Write<ProjectContext, unknown>, "tx" | "ctx" | "publish">, input: z.input<S>): Promise<R>;
};

type PreparedBody<S extends z.ZodType, P, R> = (write: Write<ProjectContext, z.output<S>>, prepared: P) => Promise<R>;

/** What a write needs to know first and must not wait for while it holds a transaction: a file's content, a name's address. */
type Prepare<S extends z.ZodType, P> = (read: Read<ProjectContext, z.output<S>>) => Promise<P>;

/** Everything a person would ask "who did that?" about, after something slow: authorised and parsed before either. */
export function preparedMutation<S extends z.ZodType, P, R>(
  action: string,
  access: Role,
  input: S,
  prepare: Prepare<S, P>,
  body: PreparedBody<S, P, R>,
): ProjectVerb<S, R, "mutation"> {
  const verb = async (ctx: ProjectContext, raw: z.input<S>) => {
    authorizeProject(ctx, action, access);
    const parsed = parseInput(input, raw);
    const prepared = await prepare({ db: database(), ctx, input: parsed });
    return runWrite("mutation", action, ctx, parsed, (write) => body(write, prepared));
  };
  return Object.assign(verb, { action, kind: "mutation" as const, access, input, level: "project" as const });
}

function makeProjectWrite<S extends z.ZodType, R, K extends "mutation" | "ingest">(
  kind: K,
  action: string,
  access: Role,
  input: S,
  body: WriteBody<ProjectContext, z.output<S>, R>,
): ProjectVerb<S, R, K> & Within<S, R> {
  const verb = async (ctx: ProjectContext, raw: z.input<S>) => {
    authorizeProject(ctx, action, access);
    return runWrite(kind, action, ctx, parseInput(input, raw), body);
  };
  const within: Within<S, R>["within"] = async ({ tx, ctx, publish }, raw) => {
    authorizeProject(ctx, action, access);
    return runBody(kind, action, { tx, ctx, publish, input: parseInput(input, raw) }, body);
  };
  return Object.assign(verb, { action, kind, access, input, level: "project" as const, within });
}

function makeInstanceVerb<S extends z.ZodType, R, K extends VerbKind>(
  kind: K,
  action: string,
  access: InstanceAccess,
  input: S,
  run: (ctx: InstanceContext, input: z.output<S>) => Promise<R>,
): InstanceVerb<S, R, K> {
  const verb = async (ctx: InstanceContext, raw: z.input<S>) => {
    authorizeInstance(ctx, action, access);
    return run(ctx, parseInput(input, raw));
  };
  return Object.assign(verb, { action, kind, access, input, level: "instance" as const });
}

type ProjectBody<S extends z.ZodType, R> = WriteBody<ProjectContext, z.output<S>, R>;
type InstanceBody<S extends z.ZodType, R> = WriteBody<InstanceContext, z.output<S>, R>;

/** Everything a person would ask "who did that?" about. */
export function mutation<S extends z.ZodType, R>(action: string, access: Role, input: S, body: ProjectBody<S, R>) {
  return makeProjectWrite("mutation", action, access, input, body);
}

/** What a token logs to an open run or attempt, and lease moves: the same door without an audit row. */
export function ingest<S extends z.ZodType, R>(action: string, access: Role, input: S, body: ProjectBody<S, R>) {
  return makeProjectWrite("ingest", action, access, input, body);
}

export function query<S extends z.ZodType, R>(
  action: string,
  access: Role,
  input: S,
  body: (read: Read<ProjectContext, z.output<S>>) => Promise<R>,
): ProjectVerb<S, R, "query"> {
  const verb = async (ctx: ProjectContext, raw: z.input<S>) => {
    authorizeProject(ctx, action, access);
    return body({ db: database(), ctx, input: parseInput(input, raw) });
  };
  return Object.assign(verb, { action, kind: "query" as const, access, input, level: "project" as const });
}

export function instanceMutation<S extends z.ZodType, R>(action: string, access: InstanceAccess, input: S, body: InstanceBody<S, R>) {
  return makeInstanceVerb("mutation", action, access, input, (ctx, parsed) => runWrite("mutation", action, ctx, parsed, body));
}

export function instanceIngest<S extends z.ZodType, R>(action: string, access: InstanceAccess, input: S, body: InstanceBody<S, R>) {
  return makeInstanceVerb("ingest", action, access, input, (ctx, parsed) => runWrite("ingest", action, ctx, parsed, body));
}

export function instanceQuery<S extends z.ZodType, R>(
  action: string,
  access: InstanceAccess,
  input: S,
  body: (read: Read<InstanceContext, z.output<S>>) => Promise<R>,
) {
  return makeInstanceVerb("query", action, access, input, (ctx, parsed) => body({ db: database(), ctx, input: parsed }));
}
