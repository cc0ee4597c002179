/** A catalog of thirty orders, made over the API as a script would: source, view, service, dataset. Made once an instance. */
import { createHash } from "node:crypto";
import { expect } from "@playwright/test";
import { api, baseUrl, connect } from "../instance";

export const names = { source: "orders", view: "order_history", feature: "order_amount_of_the_last_day", dataset: "big_orders", service: "orders_service" };

const rows = Array.from({ length: 30 }, (_, i) => `${i},customer-${i % 3},2026-01-${String(1 + i).padStart(2, "0")} 08:00:00,${i === 7 ? -5 : 10 + ((i * 37) % 100)}`);
const csv = `id,customer,ordered_at,amount\n${rows.join("\n")}\n`;

async function finished(operationId: string): Promise<void> {
  await expect.poll(async () => (await api<{ state: string; error: string | null }>("GET", `/operations/${operationId}`)).state, { timeout: 60_000 }).toBe("succeeded");
}

const start = async (path: string, body: unknown = {}) => finished((await api<{ operationId: string }>("POST", path, body)).operationId);

const definitions = [
  { definition: { kind: "entity", name: "customer", key: "customer", description: "Who orders." } },
  {
    definition: {
      kind: "source", name: names.source, description: "Thirty orders of January.", owner: "shop@example.test", file: "orders.csv",
      columns: [{ name: "id", dtype: "int64" }, { name: "customer", dtype: "string" }, { name: "ordered_at", dtype: "timestamp" }, { name: "amount", dtype: "float64", unit: "EUR" }],
      checks: [{ name: "paid-something", holds: "amount >= 0" }, { name: "has-customer", holds: "customer is not null" }],
    },
  },
  {
    definition: { kind: "feature_view", name: names.view, description: "What a customer ordered.", owner: "shop@example.test", entity: "customer", source: names.source, sql: "history.sql", ttl: "40d", features: [{ name: names.feature, dtype: "float64", unit: "EUR", description: "Amount of the latest order." }] },
    sqlText: `select customer, ordered_at as event_time, amount::double as ${names.feature} from orders`,
  },
  { definition: { kind: "feature_service", name: names.service, description: "For scoring orders.", views: [{ view: names.view }] } },
  {
    definition: { kind: "dataset", name: names.dataset, description: "Is an order a big one?", source: names.source, sql: "rows.sql", service: names.service, id: "id", event_time: "t", label: "is_big", splits: { all: { column: "day", from: "2026-01-01", to: "2026-01-31" } } },
    sqlText: "select id, customer, ordered_at as t, ordered_at::date as day, (amount > 60)::integer as is_big from orders",
  },
];

async function upload(content: string): Promise<string> {
  const sha256 = createHash("sha256").update(content).digest("hex");
  const response = await fetch(`${baseUrl}/api/v1/blobs/${sha256}`, { method: "PUT", body: content, headers: { authorization: `Bearer ${connect.SLIPWAY_TOKEN}` } });
  if (!response.ok) throw new Error(`the upload was refused: ${await response.text()}`);
  return sha256;
}

export async function makeCatalog(): Promise<void> {
  await api("POST", "/catalog/definitions", { definitions });
  await start(`/catalog/sources/${names.source}/load`, { sha256: await upload(csv), format: "csv" });
  await start(`/catalog/views/${names.view}/materialize`);
  await start(`/datasets/${names.dataset}/build`);
}
