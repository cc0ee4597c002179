/** Decides whether an actor may use a verb; every verb names its access where it is made. */
import { type Actor, type InstanceContext, hasRole, type ProjectContext, type Role } from "../context";
import { Forbidden, Unauthenticated } from "../errors";

/** Access of verbs outside a project: any signed-in person, an instance admin, or a registered agent. */
export type InstanceAccess = "user" | "admin" | "agent";

export function authorizeProject(ctx: ProjectContext, action: string, needed: Role): void {
  if (hasRole(ctx.role, needed)) return;
  throw new Forbidden(`${action} needs the role ${needed}; here you are ${ctx.role}.`, {
    next: "Ask an owner of the project for the role.",
  });
}

/** A job's rights end with its attempt: it makes none that would outlive it, and its person's place in the project. */
export function assertMayPassRightsOn({ kind }: Actor, made: string): void {
  if (kind === "user" || kind === "token") return;
  throw new Forbidden(`${made} is made by a person, signed in or with a token of theirs, not by a job.`);
}

export function authorizeInstance(ctx: InstanceContext, action: string, needed: InstanceAccess): void {
  const { actor } = ctx;
  if (actor.kind === "system") return;
  if (needed === "agent" && actor.kind === "agent") return;
  if (needed === "admin" && actor.isAdmin) return;
  if (needed === "user" && actor.kind === "user") return;
  if (needed === "user" && actor.isAdmin) return;
  if (!actor.id) throw new Unauthenticated("Sign in first.");
  throw new Forbidden(`${action} is for ${needed === "admin" ? "instance admins" : `${needed}s`} only.`);
}
