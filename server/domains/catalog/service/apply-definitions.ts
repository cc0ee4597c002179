/** Applying definitions: all of them or none, with every name they use checked. */
import { createHash } from "node:crypto";
import { canonicalJson } from "@/server/platform/audit/chain";
import type { Tx } from "@/server/platform/db";
import { sqlText as quoted } from "@/server/platform/duckdb/quote";
import { type DuckDbSession, withDuckDb } from "@/server/platform/duckdb/session";
import { Invalid } from "@/server/platform/errors";
import { removeRelation } from "@/server/platform/links";
import { mutation } from "@/server/platform/mutation";
import { putSearchEntry } from "@/server/platform/search";
import { type AppliedDefinition, ApplyDefinitionsInput, type Definition, type DefinitionKind, type FeatureViewDefinition } from "../contract/definition";
import { assertOwnFeatureNames } from "../rules/column-names";
import { findDefinitions, upsertDefinition } from "../store/definitions";

type Item = { definition: Definition; sqlText: string | null };
type Reference = { kind: DefinitionKind; name: string; field: string };

function referencesOf(definition: Definition): Reference[] {
  if (definition.kind === "source") return definition.from.map((name) => ({ kind: "source", name, field: "from" }));
  if (definition.kind === "feature_view") {
    return [{ kind: "entity", name: definition.entity, field: "entity" }, { kind: "source", name: definition.source, field: "source" }];
  }
  if (definition.kind === "feature_service") return definition.views.map(({ view }) => ({ kind: "feature_view", name: view, field: "views" }));
  if (definition.kind === "dataset") {
    return [{ kind: "source", name: definition.source, field: "source" }, { kind: "feature_service", name: definition.service, field: "service" }];
  }
  return [];
}

async function assertReferences(tx: Tx, projectId: string, items: readonly Item[]): Promise<void> {
  const given = new Set(items.map(({ definition }) => `${definition.kind}/${definition.name}`));
  for (const { definition } of items) {
    const missing = referencesOf(definition).filter(({ kind, name }) => !given.has(`${kind}/${name}`));
    for (const { kind, name, field } of missing) {
      const found = await findDefinitions(tx, projectId, kind, [name]);
      if (found.length === 0) {
        throw new Invalid(`${definition.kind} ${definition.name}: ${field} names the ${kind.replace("_", " ")} ${name}, which is neither here nor in the catalog.`, { field });
      }
    }
  }
}

/** With the views as they are once all of it is applied. */
async function assertServices(tx: Tx, projectId: string, items: readonly Item[]): Promise<void> {
  for (const { definition } of items) {
    if (definition.kind !== "feature_service") continue;
    const rows = await findDefinitions(tx, projectId, "feature_view", definition.views.map((use) => use.view));
    assertOwnFeatureNames(definition, rows.map((row) => ({ definition: row.definition as FeatureViewDefinition })));
  }
}

const needsSql = (definition: Definition): boolean => "sql" in definition && definition.sql !== undefined;

/** By DuckDB's own parser, which writes only a SELECT as JSON; the tables that it names need not be there. */
async function isSelect(session: DuckDbSession, sql: string): Promise<boolean> {
  const [row] = await session.rows<{ fails: boolean }>(`select (json_serialize_sql(${quoted(sql)}::varchar)->>'error')::boolean as fails`);
  return row?.fails === false;
}

async function assertSql(items: readonly Item[]): Promise<void> {
  for (const { definition, sqlText } of items) {
    if (needsSql(definition) && !sqlText?.trim()) {
      throw new Invalid(`${definition.kind} ${definition.name}: sqlText must hold the file that sql names.`, { field: "sqlText" });
    }
  }
  await withDuckDb([], async (session) => {
    for (const { definition, sqlText } of items) {
      if (!needsSql(definition) || !sqlText) continue;
      const extracted = await session.connection.extractStatements(sqlText).catch((error: unknown) => {
        throw new Invalid(`${definition.kind} ${definition.name}: ${error instanceof Error ? error.message : "the SQL does not parse"}`, { field: "sqlText" });
      });
      if (extracted.count !== 1) throw new Invalid(`${definition.kind} ${definition.name}: one SELECT statement is expected, not ${extracted.count}.`, { field: "sqlText" });
      if (!(await isSelect(session, sqlText))) throw new Invalid(`${definition.kind} ${definition.name}: its SQL is no SELECT, so it gives no rows.`, { field: "sqlText" });
    }
  });
}

const contentHash = (item: Item) => createHash("sha256").update(canonicalJson(item)).digest("hex");

const pathOf: Record<DefinitionKind, (name: string) => string> = {
  entity: (name) => `/catalog?find=${name}`,
  source: (name) => `/catalog/sources/${name}`,
  feature_view: (name) => `/catalog/views/${name}`,
  feature_service: (name) => `/catalog?find=${name}`,
  dataset: () => "/catalog?show=datasets",
};

async function indexDefinition(tx: Tx, projectId: string, definition: Definition): Promise<void> {
  const { kind, name, description } = definition;
  await putSearchEntry(tx, projectId, { kind: kind.replace("_", " "), objectId: name, title: name, detail: description, path: pathOf[kind](name) });
  if (kind !== "feature_view") return;
  for (const feature of definition.features) {
    const path = `/catalog/views/${name}?feature=${feature.name}`;
    await putSearchEntry(tx, projectId, { kind: "feature", objectId: `${name}:${feature.name}`, title: feature.name, detail: feature.description, path });
  }
}

const madeFrom = "made from";

/** As the audit names them. */
export const definitionsWord = (count: number): string => `${count} ${count === 1 ? "definition" : "definitions"}`;

export const applyDefinitions = mutation("catalog.applyDefinitions", "member", ApplyDefinitionsInput, async ({ tx, ctx, input, subject, publish, link }) => {
  await assertSql(input.definitions);
  await assertReferences(tx, ctx.project.id, input.definitions);
  const applied: AppliedDefinition[] = [];
  for (const item of input.definitions) {
    const change = await upsertDefinition(tx, ctx.project.id, { ...item, contentSha256: contentHash(item), appliedBy: ctx.actor.name });
    applied.push(change);
    if (change.change === "unchanged") continue;
    await indexDefinition(tx, ctx.project.id, item.definition);
    const from = { kind: item.definition.kind, id: item.definition.name };
    await removeRelation(tx, ctx.project.id, from, madeFrom);
    await link(...referencesOf(item.definition).map(({ kind, name }) => ({ from, to: { kind, id: name }, relation: madeFrom })));
  }
  await assertServices(tx, ctx.project.id, input.definitions);
  const changed = applied.filter((item) => item.change !== "unchanged");
  subject({ kind: "catalog", id: "definitions", name: definitionsWord(changed.length) }, { changed });
  publish("catalog");
  return { applied };
});
