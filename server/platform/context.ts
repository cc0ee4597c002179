/** Who asks, in which project, with which role: the first argument of every service verb. */
import { newId } from "./ids";

/** Lowest first; a higher role may do all that a lower one may. */
export const roles = ["viewer", "member", "maintainer", "owner"] as const;
export type Role = (typeof roles)[number];

export type Actor = {
  kind: "user" | "token" | "attempt" | "agent" | "system";
  id: string;
  name: string;
  /** The person behind it, where there is one: four-eyes rules judge people, not tokens. */
  userId: string | null;
  isAdmin: boolean;
  /** Of a person: the session they ask through. */
  sessionId?: string;
  /** Of a job's own token: which of its attempts speaks. */
  attempt?: { jobId: string; number: number };
};

export type Project = { id: string; slug: string; name: string };

export type InstanceContext = {
  actor: Actor;
  requestId: string;
  /** Of the HTTP header `Idempotency-Key`; a repeated write with it gets the first answer again. */
  idempotencyKey?: string;
};

export type ProjectContext = InstanceContext & { project: Project; role: Role };

export function hasRole(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}

export function lowerRole(a: Role, b: Role): Role {
  return hasRole(a, b) ? b : a;
}

/** For background work: acts as the platform itself. */
export function systemContext(project: Project, name: string): ProjectContext {
  return { ...systemInstanceContext(name), project, role: "owner" };
}

export function systemInstanceContext(name: string): InstanceContext {
  return { actor: { kind: "system", id: name, name, userId: null, isAdmin: true }, requestId: newId() };
}
