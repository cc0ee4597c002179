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

async function runWrite<C extends InstanceContext, I, R>(
  kind: VerbKind,
  action: string,
  ctx: C,
  input: I,
  body: (write: Write<C, I>) => Promise<R>,
): Promise<R> {
  const topics: string[] = [];
  const audited: Audited = { subject: null, details: {} };
  const projectId = projectOf(ctx);
  const result = await database().transaction(async (tx) => {
    const recalled = await recallAnswer<R>(tx, ctx, action, input);
    if (recalled) return recalled.answer;
    const answer = await body({
      tx,
      ctx,
      input,
      subject: (subject, details = {}) => Object.assign(audited, { subject, details }),
      emit: (event, payload) => emitEvent(tx, projectId, event, payload),
      publish: (...more) => void topics.push(...more),
      link: (...edges) => addLinks(tx, projectId ?? "", edges),
    });
    if (kind === "mutation") await appendAudit(tx, ctx, action, audited.subject, audited.details);
    await storeAnswer(tx, ctx, answer);
    return answer;
  });
  if (topics.length > 0) publishLive(projectId ?? instanceTopics, topics);
  return result;
}

function makeProjectVerb<S extends z.ZodType, R>(
  kind: VerbKind,
  action: string,
  access: Role,
  input: S,
  run: (ctx: ProjectContext, input: z.output<S>) => Promise<R>,
): ProjectVerb<S, R> {
  const verb = async (ctx: ProjectContext, raw: z.input<S>) => {
    authorizeProject(ctx, action, access);
    return run(ctx, parseInput(input, raw));
  };
  return Object.assign(verb, { action, kind, access, input, level: "project" as const });
}

function makeInstanceVerb<S extends z.ZodType, R>(
  kind: VerbKind,
  action: string,
  access: InstanceAccess,
  input: S,
  run: (ctx: InstanceContext, input: z.output<S>) => Promise<R>,
): InstanceVerb<S, R> {
  const verb = async (ctx: InstanceContext, raw: z.input<S>) => {
    authorizeInstance(ctx, action, access);
    return run(ctx, parseInput(input, raw));
  };
  return Object.assign(verb, { action, kind, access, input, level: "instance" as const });
}

type ProjectBody<S extends z.ZodType, R> = (write: Write<ProjectContext, z.output<S>>) => Promise<R>;
type InstanceBody<S extends z.ZodType, R> = (write: Write<InstanceContext, z.output<S>>) => Promise<R>;

/** Everything a person would ask "who did that?" about. */
export function mutation<S extends z.ZodType, R>(action: string, access: Role, input: S, body: ProjectBody<S, R>) {
  return makeProjectVerb("mutation", action, access, input, (ctx, parsed) => runWrite("mutation", action, ctx, parsed, body));
}

/** What a token logs to an open run or attempt, and lease moves: the same door without an audit row. */
export function ingest<S extends z.ZodType, R>(action: string, access: Role, input: S, body: ProjectBody<S, R>) {
  return makeProjectVerb("ingest", action, access, input, (ctx, parsed) => runWrite("ingest", action, ctx, parsed, body));
}

export function query<S extends z.ZodType, R>(
  action: string,
  access: Role,
  input: S,
  body: (read: Read<ProjectContext, z.output<S>>) => Promise<R>,
) {
  return makeProjectVerb("query", action, access, input, (ctx, parsed) => body({ db: database(), ctx, input: parsed }));
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
