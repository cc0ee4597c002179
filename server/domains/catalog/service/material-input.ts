/** What a source or view is computed from: the tables its SQL may read, and a hash of all of it. */
import { createHash } from "node:crypto";
import { blobStore } from "@/server/platform/blob-store/blobs";
import type { Db } from "@/server/platform/db";
import { sqlName, sqlText } from "@/server/platform/duckdb/quote";
import type { DuckDbSession } from "@/server/platform/duckdb/session";
import { Conflict, NotFound } from "@/server/platform/errors";
import { type DefinitionRow, findDefinition, findMaterial } from "../store/definitions";

export type InputTable = { name: string; path: string; blobSha256: string };

/** The files behind sources; a source that holds nothing yet is a Conflict that says what to do. */
export async function sourceTables(db: Db, projectId: string, names: readonly string[]): Promise<InputTable[]> {
  const tables: InputTable[] = [];
  for (const name of names) {
    const source = await findDefinition(db, projectId, "source", name);
    if (!source) throw new NotFound(`There is no source ${name}.`);
    tables.push(await tableOf(db, source));
  }
  return tables;
}

export async function tableOf(db: Db, row: DefinitionRow): Promise<InputTable> {
  const material = await findMaterial(db, row.id);
  if (!material) throw new Conflict(`The ${row.kind.replace("_", " ")} ${row.name} holds no data yet: load or compute it first.`);
  return { name: row.name, path: await blobStore().localPath(material.blobSha256), blobSha256: material.blobSha256 };
}

export function hashInputs(definitionHash: string, tables: readonly InputTable[], extra = ""): string {
  const hash = createHash("sha256").update(definitionHash).update(extra);
  for (const { name, blobSha256 } of tables) hash.update(`\0${name}=${blobSha256}`);
  return hash.digest("hex");
}

export async function createTables(session: DuckDbSession, tables: readonly InputTable[]): Promise<void> {
  for (const { name, path } of tables) await session.run(`create view ${sqlName(name)} as select * from read_parquet(${sqlText(path)})`);
}
