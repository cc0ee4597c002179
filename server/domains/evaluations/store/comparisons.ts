import { and, desc, eq, lt, or, type SQL, sql } from "drizzle-orm";
import { comparisons, suites } from "@/drizzle/schema/evaluations";
import type { Db } from "@/server/platform/db";
import type { ComparisonSummary, ComparisonView } from "../contract/evaluation";
import type { ComparisonResult } from "../contract/result";
import type { SuiteDefinition } from "../contract/suite";
import { findSummaries } from "./evaluations";

export type NewComparison = Omit<typeof comparisons.$inferInsert, "result" | "createdAt"> & {
  result: ComparisonResult;
};
export type StoredComparison = { id: string; result: ComparisonResult };
export type ComparisonPair = { candidateId: string; baselineId: string };

export async function findComparisonOf(
  db: Db,
  projectId: string,
  pair: ComparisonPair,
): Promise<StoredComparison | null> {
  const [row] = await db
    .select({ id: comparisons.id, result: comparisons.result })
    .from(comparisons)
    .where(
      and(
        eq(comparisons.projectId, projectId),
        eq(comparisons.candidateId, pair.candidateId),
        eq(comparisons.baselineId, pair.baselineId),
      ),
    );
  return row ? { id: row.id, result: row.result as ComparisonResult } : null;
}

/** The first to write a pair wins; the other's numbers are the same. */
export async function insertComparison(db: Db, row: NewComparison): Promise<void> {
  await db.insert(comparisons).values(row).onConflictDoNothing();
}

export type ComparisonFilter = {
  evaluationId: string | null;
  suite: string | null;
  after: string | null;
  limit: number;
};

/** Newest first, in keyset pages by id. */
export async function listComparisonRows(
  db: Db,
  projectId: string,
  filter: ComparisonFilter,
): Promise<ComparisonSummary[]> {
  const { evaluationId, suite, after } = filter;
  const where: (SQL | undefined)[] = [eq(comparisons.projectId, projectId)];
  if (evaluationId !== null)
    where.push(or(eq(comparisons.candidateId, evaluationId), eq(comparisons.baselineId, evaluationId)));
  if (suite !== null) where.push(eq(suites.name, suite));
  if (after !== null) where.push(lt(comparisons.id, after));
  const rows = await db
    .select({
      id: comparisons.id,
      candidateId: comparisons.candidateId,
      baselineId: comparisons.baselineId,
      overall: sql<ComparisonResult["overall"]>`${comparisons.result} -> 'overall'`,
      worseSlices: sql<number>`jsonb_array_length(jsonb_path_query_array(${comparisons.result}, '$.slices[*] ? (@.word == "worse")'))`,
      createdAt: comparisons.createdAt,
    })
    .from(comparisons)
    .innerJoin(suites, eq(suites.id, comparisons.suiteId))
    .where(and(...where))
    .orderBy(desc(comparisons.id))
    .limit(filter.limit);
  const sides = await findSummaries(
    db,
    projectId,
    rows.flatMap((row) => [row.candidateId, row.baselineId]),
  );
  return rows.flatMap(({ candidateId, baselineId, ...row }) => {
    const candidate = sides.get(candidateId);
    const baseline = sides.get(baselineId);
    return candidate && baseline ? { ...row, suite: candidate.suite, candidate, baseline } : [];
  });
}

export async function findComparison(db: Db, projectId: string, id: string): Promise<ComparisonView | null> {
  const [row] = await db
    .select({ comparison: comparisons, definition: suites.definition })
    .from(comparisons)
    .innerJoin(suites, eq(suites.id, comparisons.suiteId))
    .where(and(eq(comparisons.projectId, projectId), eq(comparisons.id, id)));
  if (!row) return null;
  const { candidateId, baselineId, createdAt, tookMs } = row.comparison;
  const sides = await findSummaries(db, projectId, [candidateId, baselineId]);
  const candidate = sides.get(candidateId);
  const baseline = sides.get(baselineId);
  if (!candidate || !baseline) return null;
  const result = row.comparison.result as ComparisonResult;
  const definition = row.definition as SuiteDefinition;
  return {
    id,
    suite: candidate.suite,
    candidate,
    baseline,
    overall: result.overall,
    worseSlices: result.slices.filter((slice) => slice.word === "worse").length,
    createdAt,
    definition,
    result,
    tookMs,
  };
}
