/** Online writes: a range of a view's computed rows, or rows pushed by a client. The watermark is the stream's own clock. */
import { database } from "@/server/platform/db";
import { withDuckDb } from "@/server/platform/duckdb/session";
import type { ProjectContext } from "@/server/platform/context";
import { Invalid, NotFound } from "@/server/platform/errors";
import { publishLive } from "@/server/platform/live/publish";
import { ingest, mutation } from "@/server/platform/mutation";
import { defineOperation, startOperation } from "@/server/platform/operations";
import type { KeyedRow } from "@/server/platform/online-store/contract";
import { onlineStore } from "@/server/platform/online-store/store";
import { MaterializeOnlineInput, PushRowsInput } from "../contract/catalog";
import type { EntityDefinition, FeatureViewDefinition } from "../contract/definition";
import { onlineTable } from "../rules/online-table";
import { onlineRowsSql, onlineValue, rowsOfColumns } from "../rules/stream-rows";
import { type DefinitionRow, findDefinition } from "../store/definitions";
import { addOnlineRows } from "../store/online-state";
import { tableOf } from "./material-input";
import { dropOldTables } from "./online/drop-old-tables";

export type OnlineView = { row: DefinitionRow; definition: FeatureViewDefinition; entityKey: string };

export async function requireView(projectId: string, name: string): Promise<OnlineView> {
  const row = await findDefinition(database(), projectId, "feature_view", name);
  if (!row) throw new NotFound(`There is no feature view ${name}.`);
  const definition = row.definition as FeatureViewDefinition;
  const entity = await findDefinition(database(), projectId, "entity", definition.entity);
  if (!entity) throw new NotFound(`There is no entity ${definition.entity}.`);
  return { row, definition, entityKey: (entity.definition as EntityDefinition).key };
}

async function noteWritten(projectId: string, view: OnlineView, rows: number, watermark: number | null): Promise<void> {
  await addOnlineRows(database(), projectId, view.row.id, rows, watermark === null ? null : new Date(watermark));
  await dropOldTables(projectId, view.row.name);
  publishLive(projectId, ["online", `feature_view:${view.row.name}`]);
}

/** Writes the rows of one view that become available in [from, to); gives their number. */
export async function materializeRange(projectId: string, view: OnlineView, from: string | null, to: string): Promise<number> {
  const table = await tableOf(database(), view.row);
  const store = onlineStore(projectId);
  const target = onlineTable(view.definition);
  let rows = 0;
  let watermark: number | null = null;
  await withDuckDb([table.path], async (session) => {
    const select = onlineRowsSql(view.definition, view.entityKey, table.path, from, to);
    await session.stream(select, async (columns, count) => {
      const batch = rowsOfColumns(columns, count);
      await store.put(target, batch, view.definition.online.history * 1_000);
      rows += batch.length;
      watermark = batch.at(-1)?.availableAt ?? watermark;
    });
  });
  await noteWritten(projectId, view, rows, watermark);
  return rows;
}

const isoText = (iso: string) => iso.replace("T", " ").replace(/Z$/, "");

const materialize = defineOperation({
  kind: "materialize-online",
  schema: MaterializeOnlineInput,
  run: async (run) => {
    const written: Record<string, number> = {};
    const { views, from, to } = run.payload;
    for (const [index, name] of views.entries()) {
      await run.progress(`writing ${name}`, index / views.length);
      const view = await requireView(run.ctx.project.id, name);
      written[name] = await materializeRange(run.ctx.project.id, view, from === null ? null : isoText(from), isoText(to));
    }
    return { written };
  },
});

export const materializeOnline = mutation("catalog.materializeOnline", "member", MaterializeOnlineInput, async (write) => {
  const { ctx, input, subject } = write;
  for (const name of input.views) await requireView(ctx.project.id, name);
  const [first = ""] = input.views;
  subject({ kind: "feature_view", id: first, name: input.views.join(", ") }, { from: input.from, to: input.to });
  return startOperation(write, materialize, { kind: "feature_view", id: first, name: input.views.join(", ") }, input);
});

/** For callers that step through time themselves (a replay): the same write, done when it returns. */
export const advanceOnline = ingest("catalog.advanceOnline", "member", MaterializeOnlineInput, async ({ ctx, input }) => {
  const written: Record<string, number> = {};
  for (const name of input.views) {
    const view = await requireView(ctx.project.id, name);
    written[name] = await materializeRange(ctx.project.id, view, input.from === null ? null : isoText(input.from), isoText(input.to));
  }
  return { written };
});

/** Naive texts are UTC, as Feast's are; numbers are ms. */
function timeOf(value: unknown, field: string, row: number): number {
  const text = typeof value === "string" && !/(Z|[+-]\d{2}:?\d{2})$/.test(value) ? `${value.replace(" ", "T")}Z` : value;
  const ms = typeof text === "number" ? text : typeof text === "string" ? Date.parse(text) : Number.NaN;
  if (!Number.isFinite(ms)) throw new Invalid(`${field}[${row}]: ${JSON.stringify(value)} is not a time.`, { field });
  return ms;
}

function pushedRows(view: OnlineView, columns: Record<string, readonly unknown[]>): KeyedRow[] {
  const { definition, entityKey } = view;
  const keys = columns[entityKey];
  const events = columns[definition.event_time] ?? columns.event_timestamp;
  if (!keys) throw new Invalid(`columns.${entityKey}: the join key is missing.`, { field: `columns.${entityKey}` });
  if (!events) throw new Invalid(`columns.${definition.event_time}: the event time is missing.`, { field: `columns.${definition.event_time}` });
  const uneven = Object.entries(columns).find(([, values]) => values.length !== keys.length);
  if (uneven) throw new Invalid(`columns.${uneven[0]}: ${uneven[1].length} values, where the key has ${keys.length}.`, { field: `columns.${uneven[0]}` });
  const missing = definition.features.find((feature) => !Object.hasOwn(columns, feature.name));
  if (missing) throw new Invalid(`columns.${missing.name}: the view's feature is missing.`, { field: `columns.${missing.name}` });
  const available = definition.available_at ? columns[definition.available_at] : undefined;
  return keys.map((key, row) => {
    const eventTime = timeOf(events[row], definition.event_time, row);
    return {
      key: String(key), eventTime, availableAt: available ? timeOf(available[row], "available_at", row) : eventTime,
      values: definition.features.map((feature) => onlineValue(columns[feature.name]?.[row])),
    };
  });
}

async function writePushed(ctx: ProjectContext, name: string, columns: Record<string, readonly unknown[]>): Promise<number> {
  const view = await requireView(ctx.project.id, name);
  const rows = pushedRows(view, columns);
  await onlineStore(ctx.project.id).put(onlineTable(view.definition), rows, view.definition.online.history * 1_000);
  const watermark = rows.reduce<number | null>((latest, row) => Math.max(latest ?? row.availableAt, row.availableAt), null);
  await noteWritten(ctx.project.id, view, rows.length, watermark);
  return rows.length;
}

/** Rows of a view from a client, at once visible to online reads. */
export const pushRows = ingest("catalog.pushRows", "member", PushRowsInput, async ({ ctx, input }) => ({
  written: await writePushed(ctx, input.view, input.columns),
}));
