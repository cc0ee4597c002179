import { blobStore } from "@/server/platform/blob-store/blobs";
import type { Db } from "@/server/platform/db";
import { withDuckDb } from "@/server/platform/duckdb/session";
import { NotFound } from "@/server/platform/errors";
import { query } from "@/server/platform/mutation";
import {
  ComparisonRef,
  type ComparisonView,
  type Disagreement,
  ListComparisonsInput,
  ListDisagreementsInput,
} from "../contract/evaluation";
import { disagreementsSql, sliceColumn, sliceColumnsOf } from "../rules/examples-sql";
import { findComparison, listComparisonRows } from "../store/comparisons";
import { findSide } from "../store/evaluations";

async function requireComparison(db: Db, projectId: string, id: string): Promise<ComparisonView> {
  const view = await findComparison(db, projectId, id);
  if (!view) throw new NotFound(`There is no comparison ${id}.`);
  return view;
}

export const getComparison = query("evaluations.getComparison", "viewer", ComparisonRef, async ({ db, ctx, input }) =>
  requireComparison(db, ctx.project.id, input.comparisonId),
);

export const listComparisons = query(
  "evaluations.listComparisons",
  "viewer",
  ListComparisonsInput,
  async ({ db, ctx, input }) => {
    const rows = await listComparisonRows(db, ctx.project.id, { ...input, limit: input.limit + 1 });
    const comparisons = rows.slice(0, input.limit);
    return { comparisons, next: rows.length > input.limit ? (comparisons.at(-1)?.id ?? null) : null };
  },
);

async function examplesPath(db: Db, projectId: string, evaluationId: string): Promise<string> {
  const side = await findSide(db, projectId, evaluationId);
  if (!side) throw new NotFound(`There is no evaluation ${evaluationId}.`);
  return blobStore().localPath(side.examplesSha256);
}

type Row = Omit<Disagreement, "slices"> & Record<string, string | number | null>;

function disagreementOf(row: Row, columns: readonly string[]): Disagreement {
  const { id, label, cluster, candidate, baseline, difference, lossDifference } = row;
  const slices = Object.fromEntries(columns.map((column) => [column, row[sliceColumn(column)] ?? null]));
  return { id, label, cluster, candidate, baseline, difference, lossDifference, slices };
}

/** Examples on which the two disagree most, with the columns that slices are made of. */
export const listDisagreements = query(
  "evaluations.listDisagreements",
  "viewer",
  ListDisagreementsInput,
  async ({ db, ctx, input }) => {
    const { definition, candidate, baseline } = await requireComparison(db, ctx.project.id, input.comparisonId);
    const paths = {
      candidate: await examplesPath(db, ctx.project.id, candidate.id),
      baseline: await examplesPath(db, ctx.project.id, baseline.id),
    };
    const sql = disagreementsSql(definition, paths, input.order, input.limit);
    const rows = await withDuckDb(Object.values(paths), (session) => session.rows<Row>(sql));
    return { examples: rows.map((row) => disagreementOf(row, sliceColumnsOf(definition))) };
  },
);
