/** What the example tells when it has run: the data's own story, the ledger, the chain. Nothing is tuned to it. */
import { expect, test } from "@playwright/test";
import { api } from "../instance";

type Step = { name: string; state: string; detail: string };
type Verdict = {
  version: number;
  outcome: string;
  againstVersion: number | null;
  verdict: {
    checks: { name: string; passed: boolean }[];
    slices: { slice: { name: string; label: string }; refuses: boolean }[];
  };
};
type Entry = { version: number; cause: string; note: string; from: string; to: string | null };

test("every step of the example succeeded", async () => {
  const { state, steps } = await api<{ state: string; steps: Step[] }>("GET", "/example");
  expect(steps.filter((step) => step.state !== "succeeded")).toEqual([]);
  expect(state).toBe("succeeded");
  const detail = Object.fromEntries(steps.map((step) => [step.name, step.detail]));
  expect(detail.load).toContain("3,000,000 flights");
  expect(detail.skew).toMatch(/^0 of /);
});

test("the gate passed v1, v2 and v4; refused v3 for late evenings and v5 for its skew", async () => {
  const verdicts = await api<Verdict[]>("GET", "/models/flight-delay/verdicts");
  const of = (version: number) => verdicts.find((one) => one.version === version);
  const failed = (version: number) => of(version)?.verdict.checks.filter(({ passed }) => !passed).map(({ name }) => name);
  expect([1, 2, 3, 4, 5].map((version) => of(version)?.outcome)).toEqual(["passed", "passed", "refused", "passed", "refused"]);
  expect(failed(3)).toEqual(["slices"]);
  const harmed = of(3)?.verdict.slices.filter(({ refuses }) => refuses).map(({ slice }) => `${slice.name} ${slice.label}`);
  expect(harmed).toContain("hour 20–23");
  // Best of all offline, and no slice gate would have caught it.
  expect(failed(5)).toEqual(["skew"]);
});

test("the ledger says who was champion when, without a gap, and that policy approved it", async () => {
  const entries = await api<Entry[]>("GET", "/models/flight-delay/ledger");
  expect(entries.map(({ version }) => version)).toEqual([4, 2, 1]);
  expect(entries.map(({ note }) => note)).toEqual(Array(3).fill("approved by policy"));
  expect(entries.map(({ to }) => to)).toEqual([null, entries[0]?.from, entries[1]?.from]);
});

test("the audit chain holds", async () => {
  expect(await api("GET", "/audit/verify")).toMatchObject({ brokenAt: null });
});
