/** Writes one audit row in the transaction of the change it tells of. */
import { auditLog } from "@/drizzle/schema/platform";
import type { InstanceContext, ProjectContext } from "../context";
import type { Tx } from "../db";
import { newId } from "../ids";

export type AuditSubject = { kind: string; id: string; name?: string };

export async function appendAudit(
  tx: Tx,
  ctx: InstanceContext | ProjectContext,
  action: string,
  subject: AuditSubject | null,
  details: Record<string, unknown>,
): Promise<void> {
  await tx.insert(auditLog).values({
    id: newId(),
    projectId: "project" in ctx ? ctx.project.id : null,
    actorKind: ctx.actor.kind,
    actorId: ctx.actor.id,
    actorName: ctx.actor.name,
    action,
    subjectKind: subject?.kind ?? null,
    subjectId: subject?.id ?? null,
    subjectName: subject?.name ?? null,
    details,
    requestId: ctx.requestId,
  });
}
