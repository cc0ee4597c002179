/** Repeats of a write by the same caller with the same Idempotency-Key get the first answer; the key's row is made in the write's transaction. */
import { createHash } from "node:crypto";
import { and, eq, lt, sql } from "drizzle-orm";
import { idempotencyKeys } from "@/drizzle/schema/identity";
import { canonicalJson } from "./audit/chain";
import type { InstanceContext, ProjectContext } from "./context";
import type { Database, Tx } from "./db";
import { Conflict, Invalid } from "./errors";
import { seal, unseal } from "./identity/seal";

const keptDays = 7;

/** A key is its caller's own: another's answer may hold what this one may not see. A job's later attempt repeats what an earlier one began. */
function scopeOf(ctx: InstanceContext | ProjectContext): string {
  const { actor } = ctx;
  const caller = actor.attempt?.jobId ?? actor.userId ?? actor.id;
  return "project" in ctx ? `${ctx.project.id}:${caller}` : `actor:${caller}`;
}

const purpose = "slipway idempotent answers";

/** Answers may hold what is shown once (a token, a webhook's secret): they are kept sealed. */
const sealAnswer = (answer: unknown): string => seal(purpose, JSON.stringify(answer ?? null));

function openAnswer(sealed: unknown): unknown {
  if (typeof sealed !== "string")
    throw new Conflict("The first write with this Idempotency-Key has no answer to give again.");
  try {
    return JSON.parse(unseal(purpose, sealed));
  } catch {
    throw new Conflict(
      "The answer to the first write with this Idempotency-Key can't be read any more: the installation's secret changed.",
    );
  }
}

/** Claims the key, or gives the stored answer. A concurrent first write is waited for (row lock), then answered from. */
export async function recallAnswer<R>(
  tx: Tx,
  ctx: InstanceContext | ProjectContext,
  action: string,
  input: unknown,
): Promise<{ answer: R } | null> {
  const key = ctx.idempotencyKey;
  if (key === undefined) return null;
  if (key.length < 1 || key.length > 200)
    throw new Invalid("Idempotency-Key must have 1 to 200 characters.", { field: "Idempotency-Key" });
  const scope = scopeOf(ctx);
  const requestHash = createHash("sha256").update(canonicalJson(input)).digest("hex");
  const claimed = await tx
    .insert(idempotencyKeys)
    .values({ scope, key, action, requestHash, response: null })
    .onConflictDoNothing()
    .returning({ key: idempotencyKeys.key });
  if (claimed.length > 0) return null;
  const [stored] = await tx
    .select()
    .from(idempotencyKeys)
    .where(and(eq(idempotencyKeys.scope, scope), eq(idempotencyKeys.key, key)));
  if (!stored) throw new Conflict("The first write with this Idempotency-Key was undone meanwhile; send it again.");
  if (stored.action !== action || stored.requestHash !== requestHash) {
    throw new Conflict("This Idempotency-Key was used for another request.", { field: "Idempotency-Key" });
  }
  return { answer: openAnswer(stored.response) as R };
}

export async function storeAnswer(tx: Tx, ctx: InstanceContext | ProjectContext, answer: unknown): Promise<void> {
  if (ctx.idempotencyKey === undefined) return;
  await tx.execute(sql`
    update idempotency_keys set response = ${JSON.stringify(sealAnswer(answer))}::jsonb
    where scope = ${scopeOf(ctx)} and key = ${ctx.idempotencyKey} and response is null`);
}

export async function purgeIdempotencyKeys(db: Database): Promise<void> {
  await db
    .delete(idempotencyKeys)
    .where(lt(idempotencyKeys.createdAt, sql`now() - make_interval(days => ${keptDays})`));
}
