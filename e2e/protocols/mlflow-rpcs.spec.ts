import { expect, test } from "@playwright/test";
import { isTracking, misdocumented, readWire } from "./rpc-table";

test("nothing of MLflow's tracking and registry wire is missing, and docs/mlflow.md tells it as it is", async () => {
  const { rows } = await readWire();
  expect(rows.length).toBeGreaterThan(80);
  expect(rows.filter((row) => isTracking(row) && row.here === "missing")).toEqual([]);
  expect(misdocumented(rows)).toEqual([]);
});
