/** Promotion as a conversation: asked, judged, decided; an alias moves only if nobody moved it meanwhile. */
import { z } from "zod";
import { hasRole, type ProjectContext } from "@/server/platform/context";
import type { Db, Tx } from "@/server/platform/db";
import { Conflict, Forbidden, Invalid, NotFound } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { mutation, query, type Write } from "@/server/platform/mutation";
import {
  championAlias, DecidePromotionInput, LedgerAtInput, type LedgerView, ListLedgerInput, ModelRef, type PromotionState, type PromotionView, RemoveAliasInput, RequestPromotionInput, RollbackInput, SetAliasInput,
} from "../contract";
import { aliasMoved } from "../events";
import { type ApprovalFacts, type Approver, decisionNote, refuseApprover } from "../rules/approval";
import { rollbackTarget } from "../rules/rollback-target";
import { approvedTooLate, askedTooSoon, staleness } from "../rules/stale-verdict";
import { findAlias, type LedgerRow, listLedgerRows, listLedgerRowsAt, moveAlias, removeAliasRow } from "../store/aliases";
import { findModelById, lockModel, type ModelRow } from "../store/models";
import { closePromotion, countApprovers, findOpenPromotion, insertPromotion, listPromotionRows, lockPromotion, type PromotionRow } from "../store/promotions";
import { latestVerdicts, type VerdictRow } from "../store/verdicts";
import { findVersionById, numbersOfVersions, type VersionRow } from "../store/versions";
import { modelTopics, requireLockedModel, requireModel } from "./models";
import { requireVersion } from "./versions";

type ModelWrite = Write<ProjectContext, unknown>;

async function promotionView(db: Db, model: string, row: PromotionRow): Promise<PromotionView> {
  const ids = [row.versionId, ...(row.expectedVersionId ? [row.expectedVersionId] : [])];
  const numbers = await numbersOfVersions(db, ids);
  const numberOf = (id: string | null) => (id === null ? null : (numbers.get(id) ?? null));
  return {
    id: row.id, model, version: numberOf(row.versionId) ?? 0, alias: row.alias, state: row.state as PromotionState, reason: row.reason, verdictId: row.verdictId,
    replaces: numberOf(row.expectedVersionId), requestedBy: row.requestedByName, requestedByUserId: row.requestedByUserId, decidedBy: row.decidedByName,
    decision: row.decision, createdAt: row.createdAt, decidedAt: row.decidedAt, approvalRefusal: null,
  };
}

/** With what the reader may do about it. */
async function openPromotionView(db: Db, ctx: ProjectContext, model: ModelRow, row: PromotionRow): Promise<PromotionView> {
  const view = await promotionView(db, model.name, row);
  const version = row.state === "pending" ? await findVersionById(db, ctx.project.id, row.versionId) : null;
  return version ? { ...view, approvalRefusal: refuseApprover(approverOf(ctx), await approvalFacts(db, model, version, row.requestedByUserId)) } : view;
}

const approverOf = ({ actor, role }: ProjectContext): Approver => ({ kind: actor.kind, userId: actor.userId, role });

async function approvalFacts(db: Db, model: ModelRow, version: VersionRow, requestedByUserId: string | null): Promise<ApprovalFacts> {
  const involved = [requestedByUserId, version.createdByUserId].filter((id) => id !== null);
  return { mode: model.approval as ApprovalFacts["mode"], requestedByUserId, authorUserId: version.createdByUserId, otherApprovers: await countApprovers(db, model.projectId, involved) };
}

/** The newest verdict, with what it lacks to count for these files against today's champion. */
async function newestVerdict(db: Db, { suite }: ModelRow, { id, digest }: VersionRow, championVersionId: string | null) {
  const [verdict] = await latestVerdicts(db, [id]);
  return { verdict, stale: staleness(verdict, { suite, digest, championVersionId }) };
}

/** The verdict that counts now; a Conflict says what is missing, null is of a model without a gate. */
async function currentVerdict(db: Db, model: ModelRow, version: VersionRow, championVersionId: string | null): Promise<VerdictRow | null> {
  if (model.suite === null) return null;
  const { verdict, stale } = await newestVerdict(db, model, version, championVersionId);
  if (stale) throw new Conflict(askedTooSoon[stale](version.version), stale === "unjudged" ? { next: "Evaluate it on the suite, then judge it." } : {});
  return verdict ?? null;
}

type Move = { model: ModelRow; version: VersionRow; alias: string; expected: string | null; cause: string; note: string; promotionId: string | null };

async function moveAndTell(write: ModelWrite, move: Move): Promise<boolean> {
  const { tx, ctx, emit, publish } = write;
  const { model, version, alias } = move;
  const moved = await moveAlias(tx, {
    modelId: model.id, projectId: ctx.project.id, alias, to: version, expected: move.expected, cause: move.cause, by: ctx.actor.name, note: move.note, promotionId: move.promotionId,
  });
  if (moved) await emit(aliasMoved, { modelId: model.id, model: model.name, alias, version: version.version, cause: move.cause, by: ctx.actor.name });
  publish(...modelTopics(model.name), "promotions");
  return moved;
}

type Settled = { state: PromotionState; decision: string };

/** What becomes of a request at once: refused by the gate, approved by policy, or left for a person. */
async function settleRequest(write: ModelWrite, promotionId: string, move: Omit<Move, "cause" | "note" | "promotionId">, verdict: VerdictRow | null, facts: ApprovalFacts): Promise<Settled | null> {
  if (verdict?.outcome === "refused") return { state: "refused", decision: "refused by the gate" };
  if (facts.mode !== "policy" || verdict === null) return null;
  const note = decisionNote(facts, true, null);
  const moved = await moveAndTell(write, { ...move, cause: "promotion", note, promotionId });
  return moved ? { state: "approved", decision: note } : { state: "lapsed", decision: "another promotion was faster" };
}

export const requestPromotion = mutation("models.requestPromotion", "member", RequestPromotionInput, async (write) => {
  const { tx, ctx, input, subject, publish } = write;
  const model = await requireLockedModel(tx, ctx.project.id, input.name);
  const version = await requireVersion(tx, model, input.version);
  const holder = await findAlias(tx, model.id, input.alias);
  const expected = holder?.versionId ?? null;
  if (expected === version.id) throw new Conflict(`Version ${version.version} is ${input.alias} already.`);
  if (input.alias === championAlias && version.notServable) throw new Invalid(`Version ${version.version} can't serve: ${version.notServable}`, { field: "version" });
  const verdict = input.alias === championAlias ? await currentVerdict(tx, model, version, expected) : null;
  const open = await findOpenPromotion(tx, version.id, input.alias);
  if (open) throw new Conflict(`A promotion of version ${version.version} to ${input.alias} is open already.`, { promotionId: open });
  const promotionId = newId();
  const facts = await approvalFacts(tx, model, version, ctx.actor.userId);
  const settled = await settleRequest(write, promotionId, { model, version, alias: input.alias, expected }, verdict, facts);
  const row = await insertPromotion(tx, {
    id: promotionId, projectId: ctx.project.id, modelId: model.id, versionId: version.id, alias: input.alias, digest: version.digest, state: settled?.state ?? "pending",
    reason: input.reason, verdictId: verdict?.id ?? null, expectedVersionId: expected, requestedByName: ctx.actor.name, requestedByUserId: ctx.actor.userId,
    decision: settled?.decision ?? null, decidedByName: settled ? "gate policy" : null,
  });
  subject({ kind: "model", id: model.id, name: model.name }, { version: version.version, alias: input.alias, state: row.state });
  publish(...modelTopics(model.name), "promotions");
  return openPromotionView(tx, ctx, model, row);
});

async function requirePromotion(tx: Tx, projectId: string, id: string) {
  const row = await lockPromotion(tx, projectId, id);
  if (!row) throw new NotFound(`There is no promotion ${id}.`);
  // What is read now stays until it is decided: gate, champion, and whether the version is there.
  await lockModel(tx, row.modelId);
  const model = await findModelById(tx, projectId, row.modelId);
  const version = await findVersionById(tx, projectId, row.versionId);
  if (!model || !version) throw new NotFound("The model is gone.");
  return { row, model, version };
}

/** Why an open promotion no longer stands: its version is gone, or its files, its champion or its verdict are others now. */
async function lapseReason(tx: Tx, row: PromotionRow, model: ModelRow, version: VersionRow): Promise<string | null> {
  if (version.isDeleted) return "the version was deleted since it was asked";
  if (row.digest !== version.digest) return "the version's files changed since it was asked";
  const holder = (await findAlias(tx, model.id, row.alias))?.versionId ?? null;
  if (holder !== row.expectedVersionId) return `another version became ${row.alias} meanwhile: judge and ask again`;
  if (row.alias !== championAlias || model.suite === null) return null;
  const { verdict, stale } = await newestVerdict(tx, model, version, holder);
  if (stale) return approvedTooLate[stale];
  return verdict?.outcome === "passed" ? null : "the gate has refused it since it was asked";
}

async function approve(write: ModelWrite, row: PromotionRow, model: ModelRow, version: VersionRow, said: string): Promise<Settled> {
  const { tx, ctx } = write;
  const facts = await approvalFacts(tx, model, version, row.requestedByUserId);
  const refusal = refuseApprover(approverOf(ctx), facts);
  if (refusal) throw new Forbidden(refusal);
  const lapsed = await lapseReason(tx, row, model, version);
  if (lapsed) return { state: "lapsed", decision: lapsed };
  const note = [decisionNote(facts, false, ctx.actor.userId), said].filter(Boolean).join(": ");
  const moved = await moveAndTell(write, { model, version, alias: row.alias, expected: row.expectedVersionId, cause: "promotion", note, promotionId: row.id });
  return moved ? { state: "approved", decision: note } : { state: "lapsed", decision: "another promotion was faster" };
}

export const decidePromotion = mutation("models.decidePromotion", "maintainer", DecidePromotionInput, async (write) => {
  const { tx, ctx, input, subject, publish } = write;
  const { row, model, version } = await requirePromotion(tx, ctx.project.id, input.promotionId);
  if (row.state !== "pending") throw new Conflict(`This promotion is ${row.state} already${row.decidedByName ? ` (by ${row.decidedByName})` : ""}.`);
  if (ctx.actor.kind !== "user") throw new Forbidden("A person decides, signed in: not a token or a job.");
  const settled: Settled = input.approve ? await approve(write, row, model, version, input.note) : { state: "refused", decision: input.note || "refused" };
  const decided = await closePromotion(tx, row.id, { ...settled, decidedByName: ctx.actor.name, decidedByUserId: ctx.actor.userId });
  if (!decided) throw new Conflict("This promotion was decided a moment ago.");
  subject({ kind: "model", id: model.id, name: model.name }, { version: version.version, alias: row.alias, state: settled.state, note: input.note });
  publish(...modelTopics(model.name), "promotions");
  return promotionView(tx, model.name, decided);
});

/** Moves of an alias that a rollback looks back on. */
const ledgerDepth = 1_000;

/** One step back to what held the alias before, whatever the gate says: what it was is known to work. */
export const rollback = mutation("models.rollback", "maintainer", RollbackInput, async (write) => {
  const { tx, ctx, input, subject } = write;
  const model = await requireLockedModel(tx, ctx.project.id, input.name);
  const holder = await findAlias(tx, model.id, input.alias);
  if (!holder) throw new Conflict(`No version is ${input.alias}.`);
  const held = await listLedgerRows(tx, model.id, input.alias, ledgerDepth);
  const previous = rollbackTarget(held.reverse().map((row) => ({ holder: row.versionId, cause: row.cause })));
  const version = previous ? await findVersionById(tx, ctx.project.id, previous) : null;
  if (!version || version.isDeleted) throw new Conflict(`There is no earlier version to go back to: nothing stood as ${input.alias} before version ${holder.version}.`);
  await moveAndTell(write, { model, version, alias: input.alias, expected: holder.versionId, cause: "rollback", note: input.reason, promotionId: null });
  subject({ kind: "model", id: model.id, name: model.name }, { alias: input.alias, from: holder.version, to: version.version, reason: input.reason });
  return { alias: input.alias, version: version.version, was: holder.version };
});

/**
 * Aliases other than the champion are free. The champion serves: of a model with a gate it moves by promotion only, of
 * one without it takes the right that deciding a promotion and rolling back take.
 */
export const setAlias = mutation("models.setAlias", "member", SetAliasInput, async (write) => {
  const { tx, ctx, input, subject } = write;
  const model = await requireLockedModel(tx, ctx.project.id, input.name);
  const version = await requireVersion(tx, model, input.version);
  if (input.alias === championAlias && model.suite !== null) throw new Forbidden(`The champion of ${model.name} is decided by its gate: ask for a promotion.`, { field: "alias" });
  if (input.alias === championAlias && !hasRole(ctx.role, "maintainer"))
    throw new Forbidden(`The champion of ${model.name} is what serves: setting it needs the role maintainer. Ask for a promotion instead.`, { field: "alias", needed: "maintainer" });
  const holder = await findAlias(tx, model.id, input.alias);
  await moveAndTell(write, { model, version, alias: input.alias, expected: holder?.versionId ?? null, cause: "set", note: "", promotionId: null });
  subject({ kind: "model", id: model.id, name: model.name }, { alias: input.alias, version: version.version });
  return {};
});

export const removeAlias = mutation("models.removeAlias", "maintainer", RemoveAliasInput, async ({ tx, ctx, input, subject, publish }) => {
  const model = await requireLockedModel(tx, ctx.project.id, input.name);
  const gone = await removeAliasRow(tx, model.id, input.alias);
  if (!gone) throw new NotFound(`Registered model alias ${input.alias} not found.`);
  subject({ kind: "model", id: model.id, name: model.name }, { alias: input.alias });
  publish(...modelTopics(model.name));
  return {};
});

const ListPromotionsInput = z.object({ name: ModelRef.shape.name.nullable().default(null), state: z.enum(["pending", "all"]).default("all"), limit: z.number().int().min(1).max(200).default(50) });

export const listPromotions = query("models.listPromotions", "viewer", ListPromotionsInput, async ({ db, ctx, input }) => {
  const rows = await listPromotionRows(db, ctx.project.id, { model: input.name, isPending: input.state === "pending", limit: input.limit });
  const views: PromotionView[] = [];
  for (const row of rows) views.push(await openPromotionView(db, ctx, row.model, row.promotion));
  return views;
});

const ledgerView = (row: LedgerRow): LedgerView => ({
  id: row.id, alias: row.alias, version: row.version, from: row.heldFrom, to: row.heldTo, cause: row.cause, by: row.byName, note: row.note, promotionId: row.promotionId,
});

export const listLedger = query("models.listLedger", "viewer", ListLedgerInput, async ({ db, ctx, input }) => {
  const model = await requireModel(db, ctx.project.id, input.name);
  const rows = await listLedgerRows(db, model.id, input.alias, input.limit);
  return rows.map(ledgerView);
});

/** Which versions held which aliases at a moment. */
export const readLedgerAt = query("models.readLedgerAt", "viewer", LedgerAtInput, async ({ db, ctx, input }) => {
  const model = await requireModel(db, ctx.project.id, input.name);
  const rows = await listLedgerRowsAt(db, model.id, new Date(input.at));
  return rows.map(ledgerView);
});
