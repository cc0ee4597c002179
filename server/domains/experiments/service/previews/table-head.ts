/** The first rows of an artifact that is a table, read by DuckDB, which sees that file and nothing else. */
import { blobStore } from "@/server/platform/blob-store/blobs";
import { sqlName, sqlText } from "@/server/platform/duckdb/quote";
import { withDuckDb } from "@/server/platform/duckdb/session";
import { Invalid } from "@/server/platform/errors";
import { query } from "@/server/platform/mutation";
import { RunArtifactsInput, type TableHead } from "../../contract/artifact";
import { requireRunArtifact } from "../artifacts";

const rowsAtMost = 200;
const columnsAtMost = 100;
const cellLength = 300;

/** Parquet says its rows in its footer: neither the count nor the head reads the whole file. */
export const readTableHead = query("experiments.readTableHead", "viewer", RunArtifactsInput, async ({ db, ctx, input }): Promise<TableHead> => {
  const { sha256 } = await requireRunArtifact(db, ctx.project.id, input);
  const path = await blobStore().localPath(sha256);
  const source = `read_parquet(${sqlText(path)})`;
  try {
    return await withDuckDb([path], async ({ rows }) => {
      const described = await rows<{ column_name: string; column_type: string }>(`describe select * from ${source}`);
      const columns = described.slice(0, columnsAtMost).map(({ column_name, column_type }) => ({ name: column_name, type: column_type }));
      const cells = columns.map(({ name }, index) => `left(cast(${sqlName(name)} as varchar), ${cellLength}) as c${index}`).join(", ");
      const head = await rows<Record<string, string | null>>(`select ${cells} from ${source} limit ${rowsAtMost}`);
      const [counted] = await rows<{ n: bigint | number }>(`select sum(num_rows) as n from parquet_file_metadata(${sqlText(path)})`);
      return { columns, rows: head.map((row) => columns.map((_, index) => row[`c${index}`] ?? null)), totalRows: Number(counted?.n ?? 0), totalColumns: described.length };
    });
  } catch (error) {
    if (error instanceof Invalid) throw new Invalid("The file is not Parquet, or it is damaged.", { field: "path" });
    throw error;
  }
});
