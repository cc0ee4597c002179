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
import { testProject } from "@/server/platform/testing/project";
import { fixturePath } from "../serving/testing/serve-fixture";
import { createModel, getModel } from "./models";
import { decidePromotion, listLedger, readLedgerAt, removeAlias, requestPromotion, rollback, setAlias } from "./promotions";
import { registerVersion } from "./versions";

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
