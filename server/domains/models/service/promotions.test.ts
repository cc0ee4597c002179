/** Promotion: four eyes, what lapses, races, the ledger without gaps, rollback. */
import { createReadStream } from "node:fs";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { modelVersions } from "@/drizzle/schema/models";
import { applySuite } from "@/server/domains/evaluations/service/suites";
import { createLoggedModel } from "@/server/domains/experiments/service/logged-models";
import { uploadArtifact } from "@/server/domains/experiments/service/artifacts";
import type { ProjectContext } from "@/server/platform/context";
import { database } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";
import { testProject } from "@/server/platform/testing/project";
import type { VersionView } from "../contract";
import { fixturePath } from "../serving/testing/serve-fixture";
import { insertVerdict } from "../store/verdicts";
import { createModel, getModel, setGate } from "./models";
import { decidePromotion, listLedger, readLedgerAt, removeAlias, requestPromotion, rollback, setAlias } from "./promotions";
import { deleteVersion, registerVersion } from "./versions";

/** Uploads a fixture as a logged model, as a training job would, and registers it. */
async function register(ctx: ProjectContext, name: string, fixture: string) {
  const logged = await createLoggedModel(ctx, { experimentNo: 0, name: fixture });
  await uploadArtifact(ctx, `0/models/${logged.id}/artifacts/model.onnx`, createReadStream(fixturePath(fixture)), {});
  return registerVersion(ctx, { name, loggedModelId: logged.id });
}

async function twoVersions() {
  const made = await testProject("member");
  const reviewer = await made.as("maintainer");
  const name = `m-${made.project.slug}`;
  await createModel(made.ctx, { name });
  const first = await register(made.ctx, name, "first");
  const second = await register(made.ctx, name, "second");
  return { ...made, reviewer, name, first, second };
}

describe("registerVersion", () => {
  it("reads the signature, and refuses a file with external data or that is no ONNX", async () => {
    const { ctx, name, first } = await twoVersions();
    expect(first).toMatchObject({ version: 1, notServable: null });
    expect(first.signature?.inputs.length).toBeGreaterThan(0);
    await expect(register(ctx, name, "external")).rejects.toThrow(/external data is refused/);
    const logged = await createLoggedModel(ctx, { experimentNo: 0 });
    await uploadArtifact(ctx, `0/models/${logged.id}/artifacts/model.onnx`, createReadStream(import.meta.filename), {});
    await expect(registerVersion(ctx, { name, loggedModelId: logged.id })).rejects.toMatchObject({ code: "Invalid", detail: { field: "model.onnx" } });
    expect(await getModel(ctx, { name })).toMatchObject({ versionCount: 2 });
  });
});

describe("requestPromotion and decidePromotion", () => {
  it("needs another person than who asked or made the version, and a maintainer", async () => {
    const { ctx, as, reviewer, name } = await twoVersions();
    const asked = await requestPromotion(ctx, { name, version: 1, reason: "first" });
    expect(asked).toMatchObject({ state: "pending", version: 1, replaces: null });
    await expect(decidePromotion(ctx, { promotionId: asked.id, approve: true })).rejects.toMatchObject({ code: "Forbidden" });
    await expect(decidePromotion({ ...ctx, role: "owner" }, { promotionId: asked.id, approve: true })).rejects.toThrow(/Four eyes/);
    await expect(decidePromotion({ ...reviewer, actor: { ...reviewer.actor, kind: "token" } }, { promotionId: asked.id, approve: true })).rejects.toMatchObject({ code: "Forbidden" });
    await expect(decidePromotion(await as("member"), { promotionId: asked.id, approve: true })).rejects.toMatchObject({ code: "Forbidden" });
    expect(await decidePromotion(reviewer, { promotionId: asked.id, approve: true, note: "looks right" })).toMatchObject({ state: "approved", decision: "approved: looks right" });
    expect((await getModel(ctx, { name })).aliases).toMatchObject([{ alias: "champion", version: 1 }]);
    await expect(decidePromotion(reviewer, { promotionId: asked.id, approve: true })).rejects.toMatchObject({ code: "Conflict" });
  });

  it("lets an owner decide alone only where the model says so and nobody else could", async () => {
    const { project, as } = await testProject("owner");
    const owner = await as("owner");
    const name = `alone-${project.slug}`;
    await createModel(owner, { name, approval: "owner_alone" });
    await register(owner, name, "first");
    const asked = await requestPromotion(owner, { name, version: 1 });
    await expect(decidePromotion(owner, { promotionId: asked.id, approve: true })).rejects.toThrow(/Four eyes/);
  });

  it("lapses when the version's files changed, or another version became champion first", async () => {
    const { ctx, reviewer, name, second } = await twoVersions();
    const one = await requestPromotion(ctx, { name, version: 1 });
    const two = await requestPromotion(ctx, { name, version: 2 });
    await database().update(modelVersions).set({ digest: "f".repeat(64) }).where(eq(modelVersions.id, second.id));
    expect(await decidePromotion(reviewer, { promotionId: two.id, approve: true })).toMatchObject({ state: "lapsed", decision: expect.stringMatching(/files changed/) });
    const again = await requestPromotion(ctx, { name, version: 2 });
    await decidePromotion(reviewer, { promotionId: one.id, approve: true });
    expect(await decidePromotion(reviewer, { promotionId: again.id, approve: true })).toMatchObject({ state: "lapsed", decision: expect.stringMatching(/another version became champion/) });
    expect((await getModel(ctx, { name })).aliases).toMatchObject([{ version: 1 }]);
  });

  it("moves the alias once when many approve at the same time, and leaves a ledger without gap or overlap", async () => {
    const { ctx, as, name } = await twoVersions();
    const reviewers = await Promise.all(Array.from({ length: 6 }, () => as("maintainer")));
    for (const version of [1, 2, 1]) {
      const asked = await requestPromotion(ctx, { name, version });
      const outcomes = await Promise.allSettled(reviewers.map((reviewer) => decidePromotion(reviewer, { promotionId: asked.id, approve: true })));
      expect(outcomes.filter((item) => item.status === "fulfilled")).toHaveLength(1);
    }
    const ledger = (await listLedger(ctx, { name })).reverse();
    expect(ledger.map((entry) => entry.version)).toEqual([1, 2, 1]);
    for (const [index, entry] of ledger.entries()) expect(entry.to?.getTime() ?? null).toBe(ledger[index + 1]?.from.getTime() ?? null);
    const middle = ledger[1];
    expect(await readLedgerAt(ctx, { name, at: new Date((middle?.from.getTime() ?? 0) + 1).toISOString() })).toMatchObject([{ alias: "champion", version: 2 }]);
  });

  it("is refused for a version that can't serve, a second open request, and another project's model", async () => {
    const { ctx, name } = await twoVersions();
    const logged = await createLoggedModel(ctx, { experimentNo: 0 });
    await uploadArtifact(ctx, `0/models/${logged.id}/artifacts/model.pkl`, createReadStream(import.meta.filename), {});
    const third = await registerVersion(ctx, { name, loggedModelId: logged.id });
    await expect(requestPromotion(ctx, { name, version: third.version })).rejects.toThrow(/can't serve/);
    await requestPromotion(ctx, { name, version: 1 });
    await expect(requestPromotion(ctx, { name, version: 1 })).rejects.toMatchObject({ code: "Conflict" });
    const other = await testProject("owner");
    await expect(requestPromotion(other.ctx, { name, version: 1 })).rejects.toMatchObject({ code: "NotFound" });
  });
});

const suiteOf = (name: string) => ({ definition: { kind: "suite" as const, name, dataset: "flights", split: "evaluation", label: "late", id: "flight_id" } });

/** A version that its gate let pass, and that somebody asked to be champion. */
async function askedOfGate() {
  const made = await twoVersions();
  const { ctx, project, reviewer, name, first } = made;
  for (const suite of ["s", "t"]) await applySuite(ctx, suiteOf(suite));
  await setGate(reviewer, { name, suite: "s" });
  const { id: modelId } = await getModel(ctx, { name });
  const judge = (version: VersionView, outcome: "passed" | "refused") =>
    insertVerdict(database(), { id: newId(), projectId: project.id, modelId, versionId: version.id, championVersionId: null, suite: "s", suiteVersion: 1, digest: version.digest, outcome, verdict: {}, evaluationId: newId() });
  await judge(first, "passed");
  const { id: promotionId } = await requestPromotion(ctx, { name, version: 1 });
  return { ...made, judge, promotionId, decide: () => decidePromotion(reviewer, { promotionId, approve: true }), championOf: async () => (await getModel(ctx, { name })).aliases };
}
type Asked = Awaited<ReturnType<typeof askedOfGate>>;

describe("a promotion that a gate let pass", () => {
  it.each<[string, (asked: Asked) => Promise<unknown>]>([
    ["nothing changed", async () => {}],
    ["it passed again", ({ judge, first }) => judge(first, "passed")],
    ["its suite has another version", ({ ctx }) => applySuite(ctx, { definition: { ...suiteOf("s").definition, label: "cancelled" } })],
  ])("is approved: %s since it was asked", async (_, happen) => {
    const asked = await askedOfGate();
    await happen(asked);
    expect(await asked.decide()).toMatchObject({ state: "approved" });
    expect(await asked.championOf()).toMatchObject([{ alias: "champion", version: 1 }]);
  });

  it.each<[string, (asked: Asked) => Promise<unknown>, RegExp]>([
    ["the gate refused it", ({ judge, first }) => judge(first, "refused"), /the gate has refused it/],
    ["the gate got another suite", ({ reviewer, name }) => setGate(reviewer, { name, suite: "t" }), /another suite/],
    ["the version was deleted", ({ reviewer, name }) => deleteVersion(reviewer, { name, version: 1 }), /was deleted/],
  ])("lapses: %s since it was asked", async (_, happen, why) => {
    const asked = await askedOfGate();
    await happen(asked);
    expect(await asked.decide()).toMatchObject({ state: "lapsed", decision: expect.stringMatching(why) });
    expect(await asked.championOf()).toEqual([]);
  });

  it("is not asked for on the word of a suite that is the gate's no more", async () => {
    const { ctx, reviewer, name, judge, second } = await askedOfGate();
    await judge(second, "passed");
    await setGate(reviewer, { name, suite: "t" });
    await expect(requestPromotion(ctx, { name, version: 2 })).rejects.toThrow(/another suite since version 2 was judged/);
  });

  it("and a deletion at the same moment: the later of the two hears of the other", async () => {
    const { reviewer, name, decide, championOf } = await askedOfGate();
    const [deleted, decided] = await Promise.allSettled([deleteVersion(reviewer, { name, version: 1 }), decide()]);
    const isChampion = deleted.status === "rejected";
    expect(decided).toMatchObject({ status: "fulfilled", value: { state: isChampion ? "approved" : "lapsed" } });
    expect(await championOf()).toHaveLength(isChampion ? 1 : 0);
  });
});

it("lapses where the model got a gate since it was asked, which has not judged the version", async () => {
  const { ctx, reviewer, name } = await twoVersions();
  const { id: promotionId } = await requestPromotion(ctx, { name, version: 1 });
  await applySuite(ctx, suiteOf("s"));
  await setGate(reviewer, { name, suite: "s" });
  expect(await decidePromotion(reviewer, { promotionId, approve: true })).toMatchObject({ state: "lapsed", decision: expect.stringMatching(/has not judged it/) });
});

it("the ledger of one alias is not cut short by the moves of another", async () => {
  const { ctx, reviewer, name } = await twoVersions();
  await setAlias(reviewer, { name, version: 1, alias: "champion" });
  for (const version of [1, 2, 1]) await setAlias(ctx, { name, version, alias: "challenger" });
  expect(await listLedger(ctx, { name, alias: "champion", limit: 2 })).toMatchObject([{ alias: "champion", version: 1 }]);
  expect((await listLedger(ctx, { name, limit: 2 })).map(({ alias }) => alias)).toEqual(["challenger", "challenger"]);
});

describe("rollback", () => {
  it("goes back one step, says so in the ledger, and refuses where there is nothing before", async () => {
    const { ctx, reviewer, name } = await twoVersions();
    await expect(rollback(reviewer, { name, reason: "slow" })).rejects.toMatchObject({ code: "Conflict" });
    for (const version of [1, 2]) await decidePromotion(reviewer, { promotionId: (await requestPromotion(ctx, { name, version })).id, approve: true });
    expect(await rollback(reviewer, { name, reason: "slow" })).toEqual({ alias: "champion", version: 1, was: 2 });
    const [newest] = await listLedger(ctx, { name });
    expect(newest).toMatchObject({ version: 1, cause: "rollback", note: "slow", to: null });
    await removeAlias(reviewer, { name, alias: "champion" });
    await expect(rollback(reviewer, { name, reason: "slow" })).rejects.toMatchObject({ code: "Conflict" });
  });
});

it.each([
  ["viewer", "other", false],
  ["member", "other", true],
  ["viewer", "champion", false],
  ["member", "champion", false],
  ["maintainer", "champion", true],
  ["owner", "champion", true],
] as const)("a %s sets the alias %s of a model without a gate: %s", async (role, alias, may) => {
  const { as, name, first } = await twoVersions();
  const set = setAlias(await as(role), { name, version: 1, alias });
  if (may) {
    await set;
    expect((await getModel(await as("viewer"), { name })).aliases).toMatchObject([{ alias, version: first.version }]);
  } else {
    await expect(set).rejects.toMatchObject({ code: "Forbidden" });
    expect((await getModel(await as("viewer"), { name })).aliases).toEqual([]);
  }
});

it("keeps the champion of a gated model out of reach of setAlias", async () => {
  const { ctx, as, name } = await twoVersions();
  await setAlias(ctx, { name, version: 2, alias: "challenger" });
  const gated = `gated-${name}`;
  await applySuite(ctx, { definition: { kind: "suite", name: "s", dataset: "flights", split: "evaluation", label: "late", id: "flight_id" } });
  await createModel(ctx, { name: gated, suite: "s" });
  await register(ctx, gated, "first");
  for (const who of [ctx, await as("owner")]) await expect(setAlias(who, { name: gated, version: 1, alias: "champion" })).rejects.toThrow(/decided by its gate: ask for a promotion/);
  await expect(requestPromotion(ctx, { name: gated, version: 1 })).rejects.toThrow(/has not been judged/);
});
