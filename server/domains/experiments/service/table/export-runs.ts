/** The runs that a filter finds as a file, read a page at a time by the key of the last: as many as there are, in little memory. */
import type { ProjectContext } from "@/server/platform/context";
import { csvLine } from "@/server/platform/csv/rules/to-csv";
import type { Db } from "@/server/platform/db";
import { Invalid } from "@/server/platform/errors";
import { query } from "@/server/platform/mutation";
import type { z } from "zod";
import type { RunView } from "../../contract/run";
import { ExportRunsInput } from "../../contract/run-table";
import { parseFilterInput, parseOrderInput } from "../../rules/parse-filter-input";
import { allColumns, type FileColumn, fileColumns, type FileValue, neededKeys } from "../../rules/table/run-file";
import { hydrateRuns } from "../../store/run-views";
import { searchRunIds } from "../../store/search/run-search";
import { readEveryKey } from "../../store/table/every-key";
import { requireExperiment } from "../experiments";
import { writeParquet } from "./write-parquet";

/** Values a page: wide tables go in shorter pages. */
const valuesRead = 100_000;
const runsRead = { least: 50, most: 1_000 };

/** A wider row than this no reader of CSV or Parquet takes gladly. */
const columnsAtMost = 10_000;

type Asked = z.output<typeof ExportRunsInput>;
type Page = { runs: RunView[]; next: string | null };

async function openRuns(db: Db, ctx: ProjectContext, input: Asked): Promise<{ columns: FileColumn[]; pages: AsyncIterable<RunView[]> }> {
  const projectId = ctx.project.id;
  const experiment = await requireExperiment(db, projectId, input.experimentNo);
  const experimentNos = [input.experimentNo];
  const names = input.columns ?? allColumns(await readEveryKey(db, experiment.id, columnsAtMost));
  if (names.length > columnsAtMost) throw new Invalid(`columns: the runs have more than ${columnsAtMost} keys; name those that are wanted.`, { field: "columns" });
  const only = input.columns && neededKeys(input.columns);
  const limit = Math.max(runsRead.least, Math.min(runsRead.most, Math.floor(valuesRead / (names.length + 1))));
  const search = { projectId, experimentNos, conditions: parseFilterInput(input.filter), order: parseOrderInput(input.orderBy), view: input.view, limit };
  const read = async (pageToken: string | null): Promise<Page> => {
    const { ids, next } = await searchRunIds(db, { ...search, pageToken });
    return { runs: await hydrateRuns(db, projectId, ids, only), next };
  };
  // The first page is read before anything is sent: what is wrong with the question is still an answer of its own.
  const first = await read(null);
  async function* pages(): AsyncGenerator<RunView[]> {
    for (let page = first; ; page = await read(page.next)) {
      yield page.runs;
      if (page.next === null) return;
    }
  }
  return { columns: fileColumns(names), pages: pages() };
}

/** NaN is a value, not an empty cell; times are ISO 8601. */
function csvCell(value: FileValue, type: FileColumn["type"]): FileValue {
  if (typeof value !== "number") return value;
  if (Number.isNaN(value)) return "NaN";
  return type === "time" ? new Date(value).toISOString() : value;
}

async function* csvOf(columns: readonly FileColumn[], pages: AsyncIterable<RunView[]>): AsyncGenerator<string> {
  yield csvLine(columns.map((column) => column.name));
  for await (const runs of pages) {
    if (runs.length > 0) yield runs.map((run) => csvLine(columns.map(({ value, type }) => csvCell(value(run), type)))).join("");
  }
}

export const exportRunsCsv = query("experiments.exportRunsCsv", "viewer", ExportRunsInput, async ({ db, ctx, input }) => {
  const { columns, pages } = await openRuns(db, ctx, input);
  return csvOf(columns, pages);
});

export const exportRunsParquet = query("experiments.exportRunsParquet", "viewer", ExportRunsInput, async ({ db, ctx, input }) => {
  const { columns, pages } = await openRuns(db, ctx, input);
  return writeParquet(columns, pages);
});
