/** A view whose features change: what was written online in their old order is never read in the new one. */
import { beforeEach, expect, it } from "vitest";
import { onlineStore } from "@/server/platform/online-store/store";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import type { Dtype } from "../../contract/definition";
import { applyDefinitions } from "../apply-definitions";
import { pushRows } from "../materialize-online";
import { getDefinition } from "../read-catalog";
import { readOnline } from "../read-online";

let a: TestProject;
beforeEach(async () => {
  a = await testProject();
});

type Feature = { name: string; dtype: Dtype; unit?: string };
const delay: Feature = { name: "delay", dtype: "float64" };
const count: Feature = { name: "flights", dtype: "float64" };

const apply = (features: Feature[]) =>
  applyDefinitions(a.ctx, {
    definitions: [
      { definition: { kind: "entity", name: "airport", key: "airport" } },
      { definition: { kind: "source", name: "outcomes", file: "o.csv" } },
      { definition: { kind: "feature_view", name: "delays", entity: "airport", source: "outcomes", sql: "d.sql", ttl: "1h", features }, sqlText: "select 1" },
    ],
  });

const push = () => pushRows(a.ctx, { view: "delays", columns: { airport: ["JFK"], event_time: [Date.now()], delay: [12.5], flights: [3] } });

/** How a read is done is kept for two seconds under what was asked: a test asks in another order after a change. */
async function read(...features: string[]) {
  const { columns } = await readOnline(a.ctx, { features: features.map((name) => `delays:${name}`), entities: { airport: ["JFK"] } });
  return columns.map(({ name, values, statuses }) => [name, values[0], statuses[0]]);
}

const online = async () => (await getDefinition(a.ctx, { kind: "feature_view", name: "delays" })).online;

it("holds nothing online until it is written anew, and then each value under its own name", async () => {
  await apply([delay, count]);
  await push();
  expect(await read("delay", "flights")).toEqual([["delay", 12.5, "PRESENT"], ["flights", 3, "PRESENT"]]);
  expect(await online()).toMatchObject({ rowsWritten: 1 });
  await apply([count, delay]);
  expect(await read("flights", "delay")).toEqual([["flights", null, "NOT_FOUND"], ["delay", null, "NOT_FOUND"]]);
  expect(await online()).toBeNull();
  await push();
  expect(await read("flights", "delay")).toEqual([["flights", 3, "PRESENT"], ["delay", 12.5, "PRESENT"]]);
  expect(onlineStore(a.project.id).tables("delays")).toHaveLength(1);
});

it("keeps what is online where only words about it change", async () => {
  await apply([delay, count]);
  await push();
  await apply([{ ...delay, unit: "minutes" }, count]);
  expect(await read("flights", "delay")).toEqual([["flights", 3, "PRESENT"], ["delay", 12.5, "PRESENT"]]);
  expect(await online()).toMatchObject({ rowsWritten: 1 });
});
