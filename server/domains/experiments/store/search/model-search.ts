import { and, eq, getTableColumns, inArray, isNull, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { experiments, loggedModels } from "@/drizzle/schema/experiments";
import type { Db } from "@/server/platform/db";
import type { SearchLoggedModelsInput } from "../../contract/experiment";
import { parseFilterInput, parseOrderInput } from "../../rules/parse-filter-input";
import type { FoundModel } from "../models/logged-models";
import { afterKey, decodePageToken, encodePageToken, orderBy, type SortTerm } from "./keyset";
import { modelCondition, modelSortTerm } from "./model-conditions";

/** In microseconds: two of one millisecond keep their order. */
const newest: SortTerm = { expression: sql`(extract(epoch from ${loggedModels.createdAt}) * 1000000)::bigint`, descending: true, cast: "bigint" };
const byId: SortTerm = { expression: sql`(${loggedModels.id} collate "C")`, descending: true, cast: "text" };

/** Newest first where no other order is asked for, in keyset pages; deleted ones aside. */
export async function searchModelRows(db: Db, projectId: string, search: z.output<typeof SearchLoggedModelsInput>): Promise<{ rows: FoundModel[]; next: string | null }> {
  const asked = parseOrderInput(search.orderBy).map(({ descending, ...field }) => modelSortTerm(field, descending, search.datasets));
  const terms = [...asked, newest, byId];
  const where: SQL[] = [eq(loggedModels.projectId, projectId), isNull(loggedModels.deletedAt), inArray(experiments.no, search.experimentNos), ...parseFilterInput(search.filter).map((condition) => modelCondition(condition, search.datasets))];
  if (search.pageToken) where.push(afterKey(terms, decodePageToken(search.pageToken, terms.length)));
  const found = await db
    .select({ ...getTableColumns(loggedModels), experimentNo: experiments.no, key: sql<(string | number | null)[]>`jsonb_build_array(${sql.join(terms.map(({ expression }) => expression), sql`, `)})` })
    .from(loggedModels)
    .innerJoin(experiments, eq(experiments.id, loggedModels.experimentId))
    .where(and(...where))
    .orderBy(orderBy(terms))
    .limit(search.limit + 1);
  const rows = found.slice(0, search.limit);
  const last = rows.at(-1);
  return { rows, next: found.length > search.limit && last ? encodePageToken(last.key) : null };
}
