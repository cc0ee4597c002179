import { and, desc, eq, inArray, lt, type SQL, sql } from "drizzle-orm";
import { skewChecks } from "@/drizzle/schema/catalog";
import { evaluations, suites } from "@/drizzle/schema/evaluations";
import type { Db, Tx } from "@/server/platform/db";
import type { EvaluationSummary, EvaluationView } from "../contract/evaluation";
import type { EvaluationResult, ScopeEvaluation } from "../contract/result";
import type { SuiteDefinition } from "../contract/suite";

export type NewEvaluation = Omit<typeof evaluations.$inferInsert, "result" | "createdAt"> & {
  result: EvaluationResult;
};
export type EvaluationContent = Pick<
  NewEvaluation,
  "projectId" | "suiteId" | "loggedModelId" | "datasetId" | "scoresSha256"
>;
/** What a comparison needs of each side. */
export type EvaluationSide = {
  id: string;
  suiteId: string;
  modelName: string;
  examplesSha256: string;
  examplesDigest: string;
};

const skewShare = sql<number | null>`(
  select ${skewChecks.differing}::float8 / nullif(${skewChecks.values}, 0) from ${skewChecks}
  where ${skewChecks.datasetId} = ${evaluations.datasetId} order by ${skewChecks.createdAt} desc limit 1)`;

/** Lists show the overall numbers only: slices, curves and bins stay in the database. */
const summaryColumns = {
  id: evaluations.id,
  suiteId: evaluations.suiteId,
  loggedModelId: evaluations.loggedModelId,
  modelName: evaluations.modelName,
  modelRunId: evaluations.modelRunId,
  datasetId: evaluations.datasetId,
  datasetName: evaluations.datasetName,
  datasetVersion: evaluations.datasetVersion,
  scoringRunId: evaluations.scoringRunId,
  overall: sql<ScopeEvaluation>`${evaluations.result} -> 'overall'`,
  skewShare,
  createdBy: evaluations.createdBy,
  createdAt: evaluations.createdAt,
};

type SummaryRow = Omit<
  typeof evaluations.$inferSelect,
  "projectId" | "scoresSha256" | "examplesSha256" | "examplesDigest" | "rows" | "result" | "tookMs"
> & {
  overall: ScopeEvaluation;
  skewShare: number | null;
};

function summaryOf(row: SummaryRow, suite: { name: string; version: number }): EvaluationSummary {
  return {
    id: row.id,
    suite: { id: row.suiteId, name: suite.name, version: suite.version },
    model: { id: row.loggedModelId, name: row.modelName, runId: row.modelRunId },
    dataset: { id: row.datasetId, name: row.datasetName, version: row.datasetVersion },
    skewShare: row.skewShare,
    scoringRunId: row.scoringRunId,
    support: row.overall.support,
    metrics: row.overall.metrics,
    createdBy: row.createdBy,
    createdAt: row.createdAt,
  };
}

export type EvaluationFilter = {
  suite: string | null;
  suiteVersion: number | null;
  loggedModelId: string | null;
  datasetId: string | null;
  after: string | null;
  limit: number;
};

async function selectSummaries(db: Db, where: SQL[], limit: number): Promise<EvaluationSummary[]> {
  const rows = await db
    .select({ evaluation: summaryColumns, suite: { name: suites.name, version: suites.version } })
    .from(evaluations)
    .innerJoin(suites, eq(suites.id, evaluations.suiteId))
    .where(and(...where))
    .orderBy(desc(evaluations.id))
    .limit(limit);
  return rows.map((row) => summaryOf(row.evaluation, row.suite));
}

/** Newest first, in keyset pages by id. */
export async function listEvaluationRows(
  db: Db,
  projectId: string,
  filter: EvaluationFilter,
): Promise<EvaluationSummary[]> {
  const where: SQL[] = [eq(evaluations.projectId, projectId)];
  if (filter.suite !== null) where.push(eq(suites.name, filter.suite));
  if (filter.suiteVersion !== null) where.push(eq(suites.version, filter.suiteVersion));
  if (filter.loggedModelId !== null) where.push(eq(evaluations.loggedModelId, filter.loggedModelId));
  if (filter.datasetId !== null) where.push(eq(evaluations.datasetId, filter.datasetId));
  if (filter.after !== null) where.push(lt(evaluations.id, filter.after));
  return selectSummaries(db, where, filter.limit);
}

export async function findSummaries(
  db: Db,
  projectId: string,
  ids: readonly string[],
): Promise<Map<string, EvaluationSummary>> {
  if (ids.length === 0) return new Map();
  const wanted = [...new Set(ids)];
  const found = await selectSummaries(
    db,
    [eq(evaluations.projectId, projectId), inArray(evaluations.id, wanted)],
    wanted.length,
  );
  return new Map(found.map((summary) => [summary.id, summary]));
}

type Found = { evaluation: typeof evaluations.$inferSelect; suite: typeof suites.$inferSelect; skewShare: number | null };

function viewOf({ evaluation: row, suite, skewShare: share }: Found): EvaluationView {
  const result = row.result as EvaluationResult;
  return {
    ...summaryOf({ ...row, overall: result.overall, skewShare: share }, suite),
    definition: suite.definition as SuiteDefinition,
    result,
    scoresSha256: row.scoresSha256,
    examplesDigest: row.examplesDigest,
    tookMs: row.tookMs,
  };
}

async function findOne(db: Db, where: SQL | undefined): Promise<EvaluationView | null> {
  const [row] = await db
    .select({ evaluation: evaluations, suite: suites, skewShare })
    .from(evaluations)
    .innerJoin(suites, eq(suites.id, evaluations.suiteId))
    .where(where)
    .orderBy(desc(evaluations.id))
    .limit(1);
  return row ? viewOf(row) : null;
}

export async function findEvaluation(db: Db, projectId: string, id: string): Promise<EvaluationView | null> {
  return findOne(db, and(eq(evaluations.projectId, projectId), eq(evaluations.id, id)));
}

/** The newest of a model by one suite version on one dataset. */
export async function findLatestEvaluation(
  db: Db,
  projectId: string,
  by: { suiteId: string; loggedModelId: string; datasetId: string },
): Promise<EvaluationView | null> {
  return findOne(
    db,
    and(
      eq(evaluations.projectId, projectId),
      eq(evaluations.suiteId, by.suiteId),
      eq(evaluations.loggedModelId, by.loggedModelId),
      eq(evaluations.datasetId, by.datasetId),
    ),
  );
}

export async function findSide(db: Db, projectId: string, id: string): Promise<EvaluationSide | null> {
  const [row] = await db
    .select({
      id: evaluations.id,
      suiteId: evaluations.suiteId,
      modelName: evaluations.modelName,
      examplesSha256: evaluations.examplesSha256,
      examplesDigest: evaluations.examplesDigest,
    })
    .from(evaluations)
    .where(and(eq(evaluations.projectId, projectId), eq(evaluations.id, id)));
  return row ?? null;
}

export async function findByContent(db: Db, content: EvaluationContent): Promise<{ id: string } | null> {
  const [row] = await db
    .select({ id: evaluations.id })
    .from(evaluations)
    .where(
      and(
        eq(evaluations.projectId, content.projectId),
        eq(evaluations.suiteId, content.suiteId),
        eq(evaluations.loggedModelId, content.loggedModelId),
        eq(evaluations.datasetId, content.datasetId),
        eq(evaluations.scoresSha256, content.scoresSha256),
      ),
    );
  return row ?? null;
}

/** False when another run has written the same content meanwhile. */
export async function insertEvaluation(tx: Tx, row: NewEvaluation): Promise<boolean> {
  const made = await tx.insert(evaluations).values(row).onConflictDoNothing().returning({ id: evaluations.id });
  return made.length > 0;
}

export async function isEvaluation(db: Db, projectId: string, id: string): Promise<boolean> {
  const where = and(eq(evaluations.projectId, projectId), eq(evaluations.id, id));
  return (await db.select({ id: evaluations.id }).from(evaluations).where(where)).length > 0;
}
