import { expect, test } from "vitest";
import type { DatasetView } from "@/server/domains/catalog/contract/catalog";
import { MonitorDefinition } from "@/server/domains/monitoring/contract/definition";
import type { ModelView } from "@/server/domains/models/contract";
import { checkDraft } from "./draft";
import { definitionBase, nothingProposed, proposeName, proposeOf, referenceOf, startDraft, startSubject, timeColumns, trainedOnWords, whyDays } from "./start-draft";

const split = (name: string, from: string, to: string, rows = 10) => ({ name, rows, positives: 1, from, to });
const dataset = (name: string, version: number, splits: DatasetView["splits"]): DatasetView => ({
  id: `${name} ${version}`, name, version, blobSha256: "", rows: 1, bytes: 1, statistics: [], sampleShare: 1, tookMs: 1, createdBy: "", createdAt: new Date(version), splits, temporaryUntil: null, purgedAt: null,
  columns: [{ name: "t", type: "TIMESTAMP", role: "event time" }, { name: "day", type: "DATE", role: "extra" }, { name: "x", type: "DOUBLE", role: "feature" }],
});

test("begins with the last split of what the champion was trained on, else of the newest dataset", () => {
  const flights = dataset("flights", 2, [split("test", "2001-04-01 09:30:00", "2001-04-30 22:10:00"), split("train", "2001-01-08", "2001-03-31"), split("later", "2001-06-01", "2001-06-30", 0)]);
  expect(timeColumns(flights)).toEqual(["day", "t"]);
  expect(referenceOf(flights, nothingProposed)).toEqual({ dataset: "flights", column: "", from: "2001-04-01", to: "2001-04-30" });
  const newer = dataset("weather", 1, []);
  expect(proposeOf([newer, flights], undefined)).toMatchObject({ dataset: "" });
  expect(proposeOf([newer, flights], nothingProposed)).toMatchObject({ dataset: "weather" });
  expect(proposeOf([newer, flights], { ...nothingProposed, trainedOn: { dataset: "flights", version: 4, datasetVersion: 1, newestVersion: 2 } })).toMatchObject({ dataset: "flights", from: "2001-04-01", to: "2001-04-30" });
});

test("never proposes the traffic that is watched as what it is held against, and says why", () => {
  const flights = dataset("flights", 1, [
    split("train", "2001-01-08 05:00:00", "2001-03-18 09:00:00"), split("validation", "2001-03-18 05:00:00", "2001-04-01 09:00:00"),
    split("evaluation", "2001-04-01 05:00:00", "2001-05-01 09:00:00"), split("live", "2001-05-01 04:00:00", "2001-07-01 09:00:00"),
  ]);
  const live = { liveFrom: new Date("2001-05-01T04:10:00Z"), judgedOn: null };
  const days = referenceOf(flights, live);
  expect(days).toMatchObject({ from: "2001-04-01", to: "2001-04-30" });
  expect(whyDays(flights, live, days)).toBe("The split evaluation, the last before the live traffic; live traffic begins on 2001-05-01.");
  const judged = { ...live, judgedOn: "validation" };
  expect(referenceOf(flights, judged)).toMatchObject({ from: "2001-03-18", to: "2001-04-01" });
  expect(whyDays(flights, judged, referenceOf(flights, judged))).toMatch(/^The split validation, on which the model's suite judges it; /);
  expect(whyDays(flights, live, { from: "2001-04-02", to: "2001-04-30" })).toBeUndefined();
  const allLive = dataset("flights", 1, [split("live", "2001-05-01 04:00:00", "2001-07-01 09:00:00")]);
  expect(referenceOf(allLive, live)).toMatchObject({ from: "", to: "" });
  expect(whyDays(allLive, live, { from: "", to: "" })).toMatch(/^No split of it lies before the live traffic/);
});

test("what it begins with can be applied once it has a name, a model and a range", () => {
  const subject = { name: "delay", model: "delay", dataset: "flights", column: "day", from: "2001-04-01", to: "2001-04-30" };
  const checked = checkDraft(definitionBase(subject), startDraft());
  expect(checked).toMatchObject({ ok: true, definition: { name: "delay", min_rows: 100, rules: { length: 6 }, labels: { wait: 12 * 3_600_000 } } });
  const faulty = checkDraft(definitionBase({ ...subject, name: "new", from: "" }), startDraft());
  expect(faulty.ok ? [] : faulty.faults.map((fault) => fault.path)).toEqual(["name", "reference.from"]);
});

test.each(["new", "New", "航班", "__", "Delay (v2)", "x".repeat(256), "-"])("proposes a name that a monitor of the model %s may have", (model) => {
  const taken = [proposeName(model, []), ...Array.from({ length: 12 }, (_, n) => `${proposeName(model, []).slice(0, 61)}-${n + 2}`)];
  for (const name of [proposeName(model, []), proposeName(model, taken)]) expect(MonitorDefinition.shape.name.safeParse(name).success).toBe(true);
  expect(taken).not.toContain(proposeName(model, taken));
});

test("a model that is asked for and not there is not replaced by another", () => {
  const known: ModelView = { id: "1", name: "delay", description: "", suite: null, service: null, approval: "person", tags: {}, aliases: [], latestVersion: 1, versionCount: 1, openPromotions: 0, createdAt: new Date(0), updatedAt: new Date(0) };
  expect(startSubject([known], [], "delay")).toMatchObject({ model: "delay", name: "delay" });
  expect(startSubject([known], [], "nope")).toMatchObject({ model: "", name: "" });
  expect(startSubject([known], [], null)).toMatchObject({ model: "delay" });
});

test("says which version of the dataset the champion was trained on where that is not the newest", () => {
  const proposed = { dataset: "flights", version: 9, datasetVersion: 2, newestVersion: 2 };
  expect(trainedOnWords(proposed, "flights")).toBe("v9 was trained on it: take a part that it did not see.");
  expect(trainedOnWords({ ...proposed, newestVersion: 3 }, "flights")).toBe("v9 was trained on its version 2; the newest is 3.");
  expect(trainedOnWords(proposed, "weather")).toBeUndefined();
  expect(trainedOnWords(null, "flights")).toBeUndefined();
});
