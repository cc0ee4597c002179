import { describe, expect, it } from "vitest";
import { MonitorDefinition } from "@/server/domains/monitoring/contract/definition";
import type { RuleView, WindowView } from "@/server/domains/monitoring/contract/monitor";
import { groupChanges, ownersText } from "./alerts/change-words";
import { checkDraft, draftOf, newRule } from "./editor/draft";
import { levelOf, signalRows, trafficRows, versionMarks } from "./signals/prepare-signals";
import { labelWords } from "./head/label-words";
import { standingSentence } from "./standing-words";

const day = 86_400_000;
const noon = Date.UTC(2001, 4, 30);
const window = (over: Partial<WindowView>): WindowView => ({ rule: "drift", column: "delay", startsAt: new Date(noon - 7 * day), endsAt: new Date(noon), value: 0.1, low: null, high: 0.2, rows: 100, verdict: "ok", ratio: 0.5, modelVersion: 1, ...over });
const rule = (over: Partial<RuleView>): RuleView => ({ name: "drift", measure: "psi", of: "features", windowMs: 7 * day, title: "drift (PSI) of features over 7 d", judgedTo: null, nextEndsAt: null, breaches: 0, current: [window({})], ...over });

describe("the strip", () => {
  it("takes a cell's level from the window's own limit", () => {
    expect([window({ verdict: "breach", ratio: 1.2 }), window({ ratio: 0.9 }), window({}), window({ verdict: "too_little" })].map(levelOf)).toEqual(["bad", "warn", "ok", "none"]);
  });

  it("gives a rule one cell a day, the worst of it, over the last days only", () => {
    const windows = [window({}), window({ endsAt: new Date(noon - day / 2), verdict: "breach", ratio: 2, value: 9 }), window({ endsAt: new Date(noon - 40 * day) })];
    const [row] = signalRows([rule({})], windows);
    expect(row?.cells).toEqual([{ at: noon - day, value: 9, level: "bad" }]);
    expect(row?.label).toBe("Drift (PSI) of features over 7 d");
  });

  it("marks where another version begins to answer", () => {
    expect(versionMarks([window({ endsAt: new Date(noon + day), modelVersion: 2 }), window({}), window({ endsAt: new Date(noon + 2 * day), modelVersion: 2 })])).toEqual([{ at: noon, label: "v2 answers" }]);
  });

  it("leaves a minute without a request as a gap", () => {
    const now = noon + 30_000;
    const minutes = [{ minute: new Date(noon), version: 1, requests: 104, clientErrors: 4, serverErrors: 2, rows: 100, p50Ms: 1, p99Ms: 4 }];
    const rows = trafficRows({ minutes }, now);
    expect(rows.map((row) => row.cells.at(-1))).toEqual([{ at: noon, value: 104, level: "ok" }, { at: noon, value: 0.02, level: "bad" }, { at: noon, value: 4, level: "ok" }, { at: noon, value: 4, level: "ok" }]);
    // What the endpoint refused counts for nothing: 2 of 100.
    expect(rows.map(({ label, unit }) => `${label}, ${unit}`)).toEqual(["Requests, a minute", "Error rate, of requests not refused", "Refused, a minute", "p99, ms"]);
    expect(rows[0]?.cells[0]).toEqual({ at: noon - 59 * 60_000, value: null, level: "none" });
    expect(trafficRows({ minutes: [] }, now)).toEqual([]);
  });
});

describe("a monitor's standing", () => {
  it("says which part is beyond its limit, worst first, or that all hold", () => {
    const broken = rule({ breaches: 2, current: [window({ verdict: "breach", column: "origin_mean_delay_7d" }), window({ verdict: "breach", column: "hour" })] });
    expect(standingSentence({ state: "degraded", rules: [broken], alerts: [] })).toBe("Beyond its limit: drift, PSI of origin_mean_delay_7d and 1 more.");
    expect(standingSentence({ state: "healthy", rules: [rule({}), rule({ name: "b" })], alerts: [] })).toBe("All 2 rules hold.");
    expect(standingSentence({ state: "healthy", rules: [rule({}), rule({ name: "b", current: [] })], alerts: [] })).toBe("1 of 2 rules are judged, and hold.");
    expect(standingSentence({ state: "no_data", rules: [], alerts: [] })).toBe("No inference was seen yet.");
  });
});

describe("a monitor's labels", () => {
  const labels = { received: 10, predictions: 91_279, labelled: 91_163, joined: 200_000, waiting: 0, duplicates: 0, conflicting: 0, late: 0, unsampled: 0, dropped: 0, watermark: null };

  it("add up with what was scored: what is without a label is not hidden behind labels that wait", () => {
    expect(labelWords({ labels })).toBe("91,163 of 91,279 predictions, 116 still without");
    expect(labelWords({ labels: { ...labels, waiting: 2, late: 3, predictions: 91_163 } })).toBe("91,163 of 91,163 predictions, 0 still without, 2 labels wait for a prediction, 3 late");
    expect(labelWords({ labels: { ...labels, labelled: 0, predictions: 1 } })).toBe("0 of 1 prediction, 1 still without");
  });
});

describe("a monitor's form", () => {
  const base = MonitorDefinition.parse({
    name: "delay", model: "delay", reference: { dataset: "history", column: "day", from: "2001-03-01", to: "2001-04-01" },
    rules: [{ name: "drift", measure: "psi", of: "features", window: "7d" }, { name: "volume", measure: "count", window: "6h" }],
  });

  it("holds what is applied, and gives it back unchanged", () => {
    expect(draftOf(base).rules.map(({ amount, unit }) => amount + unit)).toEqual(["7d", "6h"]);
    expect(checkDraft(base, draftOf(base))).toEqual({ ok: true, definition: base });
  });

  it("names the field that is wrong", () => {
    const draft = draftOf(base);
    const faults = (over: object) => {
      const checked = checkDraft(base, { ...draft, ...over });
      return checked.ok ? [] : checked.faults.map((fault) => fault.path);
    };
    expect(faults({ times: "" })).toContain("calibrate.times");
    expect(faults({ rules: draft.rules.map((one) => ({ ...one, amount: "5", unit: "h" as const })) })).toContain("rules.0.window");
    expect(faults({ rules: draft.rules.map((one) => ({ ...one, name: "same" })) })).toContain("rules");
    expect(faults({ owner: "ops@example.org" })).toEqual([]);
  });

  it("gives a new rule a name and a key of its own", () => {
    const rules = draftOf(base).rules;
    const more = [...rules, newRule(rules)];
    expect(new Set([...more, newRule(more)].map((one) => one.name)).size).toBe(4);
    expect(new Set([...more, newRule(more)].map((one) => one.key)).size).toBe(4);
  });
});

describe("an incident's words", () => {
  it("tell what one person did of one kind in one row, and name each owner once", () => {
    const change = (who: string, what: string, subject: string, details: object = {}) => ({ at: new Date(noon), who, what, whoKind: "user", kind: what.startsWith("models") ? "model" : "catalog", id: "1", details, path: what.startsWith("models") ? "/models/m" : `/catalog/sources/${subject}`, subject });
    const groups = groupChanges("flights", [change("Example", "catalog.applyDefinitions", "a"), change("Ada", "models.rollback", "m", { from: 4, to: 2, reason: "Drift" }), ...["b", "c", "b"].map((name) => change("Example", "catalog.applyDefinitions", name))]);
    expect(groups.map(({ who, did, subjects }) => [who, did, subjects.map(({ text, more, href }) => `${text}${more} → ${href}`)])).toEqual([
      ["Example", "applied", ["a → /flights/catalog/sources/a", "b → /flights/catalog/sources/b", "c → /flights/catalog/sources/c"]],
      ["Ada", "rolled back", ["m from v4 to v2: Drift → /flights/models/m?version=2"]],
    ]);
    expect(ownersText([{ of: "monitor m", owner: "a@x" }, { of: "feature view v", owner: "a@x" }, { of: "feature view w", owner: "b@x" }])).toBe("a@x (monitor m and 1 more), b@x (feature view w)");
  });
});
