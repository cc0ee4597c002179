/** The embedded online store on a real folder: tables of one view, and one that is dropped. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { lmdbOnlineStore } from "./lmdb";

it("lists a view's tables and drops one of them; what only begins as it does stays", async () => {
  const folder = mkdtempSync(join(tmpdir(), "slipway-online-"));
  const store = lmdbOnlineStore(folder, { durable: false });
  onTestFinished(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });
  const long = "v".repeat(63);
  const others = ["v", "v@b", "v2", "v2@a", "v_w@a", "w@a", `${long}@b`];
  for (const table of ["v@a", `${long}@a`, ...others]) {
    await store.put(table, [1, 2].map((time) => ({ key: "k", eventTime: time, availableAt: time, values: [table] })), 1_000);
  }
  expect(store.tables("v")).toEqual(["v", "v@a", "v@b"]);
  expect(store.tables(long)).toEqual([`${long}@a`, `${long}@b`]);
  await store.drop("v@a");
  await store.drop(`${long}@a`);
  expect(store.tables("v")).toEqual(["v", "v@b"]);
  expect(store.tables(long)).toEqual([`${long}@b`]);
  expect([store.get("v@a", "k", null), store.get("v@a", "k", 1)]).toEqual([null, null]);
  expect(others.map((table) => store.get(table, "k", null)?.values)).toEqual(others.map((table) => [table]));
});
