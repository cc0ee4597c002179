/** Who sends a request: a token (Bearer, or Basic with the token as password) or a session cookie. */
import type { Context } from "hono";
import type { Actor, InstanceContext, Project, ProjectContext, Role } from "@/server/platform/context";
import { database } from "@/server/platform/db";
import { Forbidden, Unauthenticated } from "@/server/platform/errors";
import { sessionIdOf } from "@/server/platform/identity/cookie";
import { projectContextOf } from "@/server/platform/identity/project-access";
import { resolveApiToken } from "@/server/platform/identity/resolve-token";
import { hashToken, isTokenShaped } from "@/server/platform/identity/secrets";
import { resolveSession } from "@/server/platform/identity/sessions";
import { newId } from "@/server/platform/ids";

export type Identity = { actor: Actor; project: Project | null; role: Role | null };

/** Domains that hand out tokens of their own (an attempt's, an agent's) resolve them here. */
export type TokenResolver = (hash: string) => Promise<Identity | null>;

const resolvers: TokenResolver[] = [(hash) => resolveApiToken(database(), hash)];

export function addTokenResolver(resolver: TokenResolver): void {
  resolvers.push(resolver);
}

/** The token of an Authorization header; null when there is none of a kind we know. */
export function tokenOf(authorization: string | undefined): string | null {
  if (!authorization) return null;
  const [scheme, value] = authorization.split(" ", 2);
  if (!value) return null;
  if (scheme?.toLowerCase() === "bearer") return value.trim();
  if (scheme?.toLowerCase() !== "basic") return null;
  const decoded = Buffer.from(value, "base64").toString("utf8");
  const colon = decoded.indexOf(":");
  return colon < 0 ? null : decoded.slice(colon + 1);
}

export function requestIdOf(c: Context): string {
  const id: unknown = c.get("requestId");
  return typeof id === "string" ? id : newId();
}

async function identifyToken(token: string): Promise<Identity | null> {
  if (!isTokenShaped(token)) return null;
  const hash = hashToken(token);
  for (const resolve of resolvers) {
    const identity = await resolve(hash);
    if (identity) return identity;
  }
  return null;
}

/** The identity of a request, or null without one. A token that is wrong is refused, never ignored. */
export async function identify(c: Context): Promise<Identity | null> {
  const authorization = c.req.header("authorization");
  if (authorization) {
    const token = tokenOf(authorization);
    const identity = token ? await identifyToken(token) : null;
    if (!identity) throw new Unauthenticated("The token is unknown, expired or revoked.");
    return identity;
  }
  const sessionId = await sessionIdOf(c.req.header("cookie"));
  const actor = sessionId ? await resolveSession(database(), sessionId) : null;
  return actor ? { actor, project: null, role: null } : null;
}

export async function requireIdentity(c: Context): Promise<Identity> {
  const identity = await identify(c);
  if (!identity) throw new Unauthenticated("Send a token: Authorization: Bearer slw_….");
  return identity;
}

/** Whoever may speak a wire protocol at all: a project's token or a person, not the admin token. */
export async function requireParticipant(c: Context): Promise<Identity> {
  const identity = await requireIdentity(c);
  if (!identity.project && identity.actor.kind !== "user") {
    throw new Forbidden("This token belongs to no project: make one with POST /api/v1/projects/{project}/tokens.");
  };
  return identity;
}

/** The project a request acts in: its token's, or for a person the one named by `x-slipway-project` or `?project=`. A token for one project does nothing in another's name. */
export async function requireProject(c: Context): Promise<ProjectContext> {
  const { actor, project, role } = await requireParticipant(c);
  const requestId = requestIdOf(c);
  const idempotencyKey = c.req.header("idempotency-key");
  const slug = c.req.header("x-slipway-project") ?? c.req.query("project");
  if (project && role) {
    if (slug && slug !== project.slug) throw new Forbidden(`The token belongs to the project ${project.slug}: it does nothing in ${slug.slice(0, 100)}.`);
    return noted(c, { actor, project, role, requestId, idempotencyKey });
  }
  if (!slug) throw new Forbidden("Name the project in the header x-slipway-project, or use a project's token.");
  return noted(c, await projectContextOf(database(), actor, slug, requestId, idempotencyKey));
}

/** Tells the request's line in the log of its project. */
export function noted(c: Context, ctx: ProjectContext): ProjectContext {
  c.set("projectId", ctx.project.id);
  return ctx;
}

export async function requireInstance(c: Context): Promise<InstanceContext> {
  const { actor } = await requireIdentity(c);
  return { actor, requestId: requestIdOf(c), idempotencyKey: c.req.header("idempotency-key") };
}
