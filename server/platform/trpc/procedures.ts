/** tRPC: one procedure a verb. The client's input is the verb's, plus the project's slug. */
import { initTRPC, TRPCError } from "@trpc/server";
import superjson from "superjson";
import { z } from "zod";
import type { Actor, InstanceContext } from "../context";
import { assertStorable, database } from "../db";
import { asServiceError, ServiceError, Unauthenticated } from "../errors";
import { projectContextOf } from "../identity/project-access";
import { logger } from "../log";
import type { InstanceVerb, ProjectVerb } from "../verb";

export type TrpcContext = { actor: Actor | null; requestId: string };

const trpcCodes = {
  NotFound: "NOT_FOUND",
  Invalid: "BAD_REQUEST",
  Conflict: "CONFLICT",
  Forbidden: "FORBIDDEN",
  Unauthenticated: "UNAUTHORIZED",
  Unavailable: "SERVICE_UNAVAILABLE",
  TooLarge: "PAYLOAD_TOO_LARGE",
  TooMany: "TOO_MANY_REQUESTS",
} as const;

/** What tRPC's own words would not say to who asks; the rest of its refusals say what is wrong themselves. */
function wordsOf(code: TRPCError["code"]): string | null {
  if (code === "INTERNAL_SERVER_ERROR") return "Something failed on the server. It was logged.";
  if (code === "UNSUPPORTED_MEDIA_TYPE") return "The body must be JSON: send it with Content-Type: application/json.";
  return null;
}

const t = initTRPC.context<TrpcContext>().create({
  transformer: superjson,
  errorFormatter: ({ shape, error, ctx }) => {
    const { cause } = error;
    const detail = cause instanceof ServiceError ? cause.detail : {};
    const message = wordsOf(error.code) ?? shape.message;
    return { ...shape, message, data: { ...shape.data, stack: undefined, detail, requestId: ctx?.requestId ?? null } };
  },
});

export const router = t.router;
export const createCaller = t.createCallerFactory;

/** Maps service errors to tRPC's codes, and logs what is unknown. */
const mapped = t.procedure.use(async ({ next, path, ctx }) => {
  const result = await next();
  if (result.ok) return result;
  const { cause } = result.error;
  const known = asServiceError(cause, (message) => logger.warn({ err: cause, path, requestId: ctx.requestId }, message));
  if (known) throw new TRPCError({ code: trpcCodes[known.code], message: known.message, cause: known });
  if (result.error.code === "INTERNAL_SERVER_ERROR") logger.error({ err: cause ?? result.error, path, requestId: ctx.requestId }, "a procedure failed");
  return result;
});

function actorOf(ctx: TrpcContext): Actor {
  if (!ctx.actor) throw new Unauthenticated("Sign in first.");
  return ctx.actor;
}

const ProjectKey = z.looseObject({ project: z.string().min(1).max(60) });

type WithProject<S extends z.ZodType> = z.input<S> extends Record<string, never> ? { project: string } : z.input<S> & { project: string };

/** The verb itself parses its input: here only the project is read. */
function keyed<S extends z.ZodType>(raw: unknown): WithProject<S> {
  return ProjectKey.parse(storable(raw)) as WithProject<S>;
}

async function callProject<S extends z.ZodType, R>(verb: ProjectVerb<S, R>, ctx: TrpcContext, input: WithProject<S>): Promise<R> {
  const scope = await projectContextOf(database(), actorOf(ctx), input.project, ctx.requestId);
  const { project: _, ...rest } = input;
  return verb(scope, rest as z.input<S>);
}

async function callInstance<S extends z.ZodType, R>(verb: InstanceVerb<S, R>, ctx: TrpcContext, input: z.input<S>): Promise<R> {
  const scope: InstanceContext = { actor: actorOf(ctx), requestId: ctx.requestId };
  return verb(scope, input);
}

function storable(raw: unknown): unknown {
  assertStorable(raw);
  return raw;
}

/** A query procedure of a read verb. */
export function read<S extends z.ZodType, R>(verb: ProjectVerb<S, R, "query">) {
  return mapped.input((raw: unknown) => keyed<S>(raw)).query(({ ctx, input }) => callProject(verb, ctx, input as WithProject<S>));
}

/** A mutation procedure of a writing verb. */
export function write<S extends z.ZodType, R>(verb: ProjectVerb<S, R, "mutation" | "ingest">) {
  return mapped.input((raw: unknown) => keyed<S>(raw)).mutation(({ ctx, input }) => callProject(verb, ctx, input as WithProject<S>));
}

export function instanceRead<S extends z.ZodType, R>(verb: InstanceVerb<S, R, "query">) {
  return mapped.input((raw: unknown) => storable(raw) as z.input<S>).query(({ ctx, input }) => callInstance(verb, ctx, input as z.input<S>));
}

export function instanceWrite<S extends z.ZodType, R>(verb: InstanceVerb<S, R, "mutation" | "ingest">) {
  return mapped.input((raw: unknown) => storable(raw) as z.input<S>).mutation(({ ctx, input }) => callInstance(verb, ctx, input as z.input<S>));
}
