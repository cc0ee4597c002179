/** The gate: gathers the evidence on a version, decides by the suite's policy, and stores the verdict with all of it. */
import { z } from "zod";
import { latestSkewCheck } from "@/server/domains/catalog/service/read-catalog";
import { decideGate } from "@/server/domains/evaluations/rules/gate";
import { computeComparison } from "@/server/domains/evaluations/service/compare-evaluations";
import { requireEvaluationFor } from "@/server/domains/evaluations/service/read-evaluations";
import { requireSuite } from "@/server/domains/evaluations/service/suites";
import { database } from "@/server/platform/db";
import { Conflict, Invalid, NotFound } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { addLinks } from "@/server/platform/links";
import { publishLive } from "@/server/platform/live/publish";
import { mutation, query } from "@/server/platform/mutation";
import { defineOperation, startOperation } from "@/server/platform/operations";
import { championAlias, ModelRef, VersionRef } from "../contract";
import { findAlias } from "../store/aliases";
import type { ModelRow } from "../store/models";
import { countJudged, findVerdict, insertVerdict, isJudged, listVerdictRows } from "../store/verdicts";
import { findVersionById, numbersOfVersions, type VersionRow } from "../store/versions";
import { modelTopics, requireModel } from "./models";
import { requireVersion, verdictView } from "./versions";

type Judgable = { loggedModelId: string; datasetId: string };

function judgable(version: VersionRow): Judgable {
  const { loggedModelId, datasetId } = version;
  if (!loggedModelId) throw new Invalid(`Version ${version.version} names no logged model: evaluations are of logged models.`, { field: "version" });
  if (!datasetId) throw new Invalid(`Version ${version.version} names no dataset: register it with the one it was trained on.`, { field: "datasetId" });
  return { loggedModelId, datasetId };
}

const championOf = async (projectId: string, model: ModelRow): Promise<VersionRow | null> => {
  const holder = await findAlias(database(), model.id, championAlias);
  return holder ? findVersionById(database(), projectId, holder.versionId) : null;
};

async function gatherEvidence(projectId: string, model: ModelRow, version: VersionRow, suiteName: string) {
  const suite = await requireSuite(database(), projectId, suiteName, null);
  const subject = judgable(version);
  const candidate = await requireEvaluationFor(database(), projectId, { suite: suiteName, ...subject });
  const champion = await championOf(projectId, model);
  if (champion?.id === version.id) throw new Conflict(`Version ${version.version} is the champion: there is nothing to judge it against.`);
  const baseline = champion ? await requireEvaluationFor(database(), projectId, { suite: suiteName, ...judgable(champion) }) : null;
  const comparison = baseline ? await computeComparison(projectId, candidate.id, baseline.id) : null;
  const skew = await latestSkewCheck(database(), subject.datasetId);
  return { suite, candidate, champion, comparison, skew };
}

/** Whether another try at the same version counts twice: it does not. */
async function judgedBefore(projectId: string, suite: string, versionId: string): Promise<number> {
  const all = await countJudged(database(), projectId, suite);
  return (await isJudged(database(), versionId, suite)) ? all - 1 : all;
}

export const judgeOperation = defineOperation({
  kind: "judge-version",
  schema: VersionRef,
  run: async (run) => {
    const projectId = run.ctx.project.id;
    const model = await requireModel(database(), projectId, run.payload.name);
    const version = await requireVersion(database(), model, run.payload.version);
    const suiteName = model.suite;
    if (suiteName === null) throw new Invalid(`${model.name} has no suite: there is no gate to judge by.`, { field: "suite" });
    await run.progress("comparing with the champion", null);
    const { suite, candidate, champion, comparison, skew } = await gatherEvidence(projectId, model, version, suiteName);
    const verdict = decideGate({
      policy: suite.definition.gate, candidate: candidate.result, comparison: comparison?.result ?? null, skew: skew ? { compared: skew.values, differing: skew.differing } : null,
      judgedCandidates: await judgedBefore(projectId, suiteName, version.id),
    });
    const id = newId();
    await insertVerdict(database(), {
      id, projectId, modelId: model.id, versionId: version.id, championVersionId: champion?.id ?? null, suite: suiteName, suiteVersion: suite.version, digest: version.digest,
      outcome: verdict.outcome, verdict, evaluationId: candidate.id, comparisonId: comparison?.id ?? null, skewCheckId: skew?.id ?? null,
    });
    await addLinks(database(), projectId, [{ from: { kind: "gate_verdict", id }, to: { kind: "evaluation", id: candidate.id }, relation: "stands on", hold: true }]);
    publishLive(projectId, modelTopics(model.name));
    const failed = verdict.checks.filter((check) => !check.passed);
    return { verdictId: id, passed: verdict.outcome === "passed", outcome: verdict.outcome, reasons: failed.map((check) => `${check.name}: ${check.reason}`) };
  },
});

export const judgeVersion = mutation("models.judgeVersion", "member", VersionRef, async (write) => {
  const { tx, ctx, input, subject } = write;
  const model = await requireModel(tx, ctx.project.id, input.name);
  const version = await requireVersion(tx, model, input.version);
  if (model.suite === null) throw new Invalid(`${model.name} has no suite: there is no gate to judge by.`, { field: "suite" });
  subject({ kind: "model", id: model.id, name: model.name }, { version: version.version, suite: model.suite });
  return startOperation(write, judgeOperation, { kind: "model_version", id: version.id, name: `${model.name} v${version.version}` }, input);
});

export const listVerdicts = query("models.listVerdicts", "viewer", ModelRef.extend({ limit: z.number().int().min(1).max(200).default(50) }), async ({ db, ctx, input }) => {
  const model = await requireModel(db, ctx.project.id, input.name);
  const rows = await listVerdictRows(db, model.id, input.limit);
  const numbers = await numbersOfVersions(db, rows.flatMap(({ versionId, championVersionId }) => (championVersionId ? [versionId, championVersionId] : [versionId])));
  return rows.flatMap((row) => {
    const version = numbers.get(row.versionId);
    return version === undefined ? [] : verdictView(row, version, row.championVersionId ? (numbers.get(row.championVersionId) ?? null) : null);
  });
});

export const getVerdict = query("models.getVerdict", "viewer", z.object({ verdictId: z.uuid() }), async ({ db, ctx, input }) => {
  const row = await findVerdict(db, ctx.project.id, input.verdictId);
  const version = row ? await findVersionById(db, ctx.project.id, row.versionId) : null;
  if (!row || !version) throw new NotFound(`There is no gate verdict ${input.verdictId}.`);
  const against = row.championVersionId ? await findVersionById(db, ctx.project.id, row.championVersionId) : null;
  return verdictView(row, version.version, against?.version ?? null);
});
