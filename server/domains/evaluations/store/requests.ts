import { and, desc, eq, inArray, isNull, notExists, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { evaluationRequests, suites } from "@/drizzle/schema/evaluations";
import { operations } from "@/drizzle/schema/platform";
import type { Db, Tx } from "@/server/platform/db";
import type { EvaluationRequestView } from "../contract/evaluation";
import { requestState } from "../rules/request-state";

export type RequestRow = typeof evaluationRequests.$inferSelect;
export type NewRequest = Omit<typeof evaluationRequests.$inferInsert, "createdAt">;

export async function insertRequest(tx: Tx, row: NewRequest): Promise<void> {
  await tx.insert(evaluationRequests).values(row);
}

const operationColumns = {
  state: operations.state,
  stage: operations.stage,
  progress: operations.progress,
  error: operations.error,
  result: operations.result,
};

type Joined = {
  request: RequestRow;
  suite: { name: string; version: number };
  operation: { state: string; stage: string; progress: number | null; error: string | null; result: unknown } | null;
};

function viewOf({ request, suite, operation }: Joined): EvaluationRequestView {
  return {
    id: request.id,
    suite: { id: request.suiteId, name: suite.name, version: suite.version },
    model: { id: request.loggedModelId, name: request.modelName, runId: request.modelRunId },
    dataset: { id: request.datasetId, name: request.datasetName, version: request.datasetVersion },
    recipe: request.recipe,
    scoringRunId: request.scoringRunId,
    jobId: request.jobId,
    operationId: request.operationId,
    ...requestState({ ...request, operation }),
    requestedBy: request.requestedBy,
    createdAt: request.createdAt,
  };
}

async function select(db: Db, where: SQL | undefined, limit: number): Promise<EvaluationRequestView[]> {
  const rows = await db
    .select({
      request: evaluationRequests,
      suite: { name: suites.name, version: suites.version },
      operation: operationColumns,
    })
    .from(evaluationRequests)
    .innerJoin(suites, eq(suites.id, evaluationRequests.suiteId))
    .leftJoin(operations, eq(operations.id, evaluationRequests.operationId))
    .where(where)
    .orderBy(desc(evaluationRequests.id))
    .limit(limit);
  return rows.map(viewOf);
}

export async function findRequest(db: Db, projectId: string, id: string): Promise<EvaluationRequestView | null> {
  const [view] = await select(
    db,
    and(eq(evaluationRequests.projectId, projectId), eq(evaluationRequests.id, id)),
    1,
  );
  return view ?? null;
}

const isOpen = or(
  and(isNull(evaluationRequests.operationId), isNull(evaluationRequests.failure)),
  inArray(operations.state, ["queued", "running"]),
);

/** Open ones, and failed ones that nobody has asked for again; newest first. */
export async function listUnfinished(db: Db, projectId: string, limit: number): Promise<EvaluationRequestView[]> {
  const later = alias(evaluationRequests, "later");
  const again = db
    .select({ id: later.id })
    .from(later)
    .where(
      and(
        eq(later.projectId, evaluationRequests.projectId),
        eq(later.suiteId, evaluationRequests.suiteId),
        eq(later.loggedModelId, evaluationRequests.loggedModelId),
        eq(later.datasetId, evaluationRequests.datasetId),
        sql`${later.id} > ${evaluationRequests.id}`,
      ),
    );
  const failed = or(
    and(isNull(evaluationRequests.operationId), sql`${evaluationRequests.failure} is not null`),
    inArray(operations.state, ["failed", "cancelled"]),
  );
  const where = and(eq(evaluationRequests.projectId, projectId), or(isOpen, and(failed, notExists(again))));
  return select(db, where, limit);
}

export type RequestContent = Pick<RequestRow, "suiteId" | "loggedModelId" | "datasetId">;

/** One that is under way with the same content; the lock makes two that ask at once follow each other. */
export async function findOpenRequest(
  tx: Tx,
  projectId: string,
  { suiteId, loggedModelId, datasetId }: RequestContent,
): Promise<EvaluationRequestView | null> {
  const key = `evaluate ${projectId} ${suiteId} ${loggedModelId} ${datasetId}`;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
  const [view] = await select(
    tx,
    and(
      eq(evaluationRequests.projectId, projectId),
      eq(evaluationRequests.suiteId, suiteId),
      eq(evaluationRequests.loggedModelId, loggedModelId),
      eq(evaluationRequests.datasetId, datasetId),
      isOpen,
    ),
    1,
  );
  return view ?? null;
}

/** The newest of a model, else of its experiment: what defaults are taken from. */
export async function findLastRequest(
  db: Db,
  projectId: string,
  by: { loggedModelId: string; experimentId: string },
): Promise<(RequestContent & { suite: string; recipe: string | null; isOfModel: boolean }) | null> {
  const isOfModel = sql<boolean>`${evaluationRequests.loggedModelId} = ${by.loggedModelId}`;
  const { suiteId, loggedModelId, datasetId, recipe } = evaluationRequests;
  const [row] = await db
    .select({ suiteId, loggedModelId, datasetId, recipe, suite: suites.name, isOfModel })
    .from(evaluationRequests)
    .innerJoin(suites, eq(suites.id, suiteId))
    .where(and(eq(evaluationRequests.projectId, projectId), eq(evaluationRequests.experimentId, by.experimentId)))
    .orderBy(desc(isOfModel), desc(evaluationRequests.id))
    .limit(1);
  return row ?? null;
}

export async function findRequestOfJob(db: Db, projectId: string, jobId: string): Promise<RequestRow | null> {
  const [row] = await db
    .select()
    .from(evaluationRequests)
    .where(and(eq(evaluationRequests.projectId, projectId), eq(evaluationRequests.jobId, jobId)));
  return row ?? null;
}

/** False when its computation has begun already: an event may come twice. */
export async function lockUnscored(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx
    .select({ id: evaluationRequests.id })
    .from(evaluationRequests)
    .where(and(eq(evaluationRequests.id, id), isNull(evaluationRequests.operationId)))
    .for("update");
  return rows.length > 0;
}

export async function setOperation(tx: Tx, id: string, operationId: string): Promise<void> {
  await tx.update(evaluationRequests).set({ operationId, failure: null }).where(eq(evaluationRequests.id, id));
}

/** False when its computation has begun. */
export async function setFailure(db: Db, id: string, failure: string): Promise<boolean> {
  const rows = await db
    .update(evaluationRequests)
    .set({ failure })
    .where(and(eq(evaluationRequests.id, id), isNull(evaluationRequests.operationId)))
    .returning({ id: evaluationRequests.id });
  return rows.length > 0;
}
