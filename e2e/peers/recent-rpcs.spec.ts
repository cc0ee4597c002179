import { expect, test } from "@playwright/test";
import { isTracking, misdocumented, readWire, writeTable } from "../protocols/rpc-table";

test("docs/mlflow.md tells the wire of the newest MLflow as it is, with nothing of tracking missing", async () => {
  const { version, rows } = await readWire();
  if (process.env.SLIPWAY_WRITE_DOCS) writeTable(version, rows);
  expect(rows.length).toBeGreaterThan(150);
  expect(rows.filter((row) => isTracking(row) && row.here === "missing")).toEqual([]);
  expect(misdocumented(rows)).toEqual([]);
});
