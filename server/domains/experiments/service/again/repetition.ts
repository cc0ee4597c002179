/** A run that does another again, beside it: what came out different, and on what each ran. */
import type { JobSpec, RanOn } from "@/server/domains/compute/contract/job";
import { findJobRecord } from "@/server/domains/compute/service/read-jobs";
import { query } from "@/server/platform/mutation";
import type { Repetition, ValueChange } from "../../contract/again/resume-repeat";
import { repeatsTag } from "../../contract/again/again-words";
import { RunRef, type RunView } from "../../contract/run";
import { freshSpec } from "../../rules/again/fresh-spec";
import { metricChanges, pairChanges } from "../../rules/again/differences";
import type { Db } from "@/server/platform/db";
import { requireRun } from "../runs";
import { hydrateRuns } from "../../store/run-views";

const shownMetrics = 500;

const uuidOf = (hex: string) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

type Ran = { spec: JobSpec; ranOn: RanOn | null } | null;

async function jobOf(db: Db, projectId: string, { jobId }: RunView): Promise<Ran> {
  const job = jobId === null ? null : await findJobRecord(db, projectId, jobId);
  return job && { spec: freshSpec(job.spec), ranOn: job.ranOn };
}

/** Both sides of each line, whether or not they differ: that they are the same is worth reading too. */
function lines(read: (ran: Ran) => [string, string | null][], before: Ran, after: Ran): ValueChange[] {
  const [a, b] = [new Map(read(before)), new Map(read(after))];
  return [...new Set([...a.keys(), ...b.keys()])].map((label) => ({ label, before: a.get(label) ?? null, after: b.get(label) ?? null }));
}

const environmentOf = (ran: Ran): [string, string | null][] => {
  const on = ran?.ranOn;
  const packages = ran?.spec.environment.kind === "python" ? ran.spec.environment.requirementsSha256 : null;
  return [
    ["Agent", on?.agent ?? null], ["Platform", on?.platform ?? null], ["CPU", on?.cpuModel || null], ["Python", on?.python ?? null],
    ...(on && on.gpus.length > 0 ? ([["GPUs", on.gpus.join(", ")], ["GPU driver", on.gpuDriver]] satisfies [string, string | null][]) : []),
    ["Packages", packages ?? (ran ? "the agent's own" : null)],
  ];
};
const codeOf = (ran: Ran): [string, string | null][] => [["Code", ran?.spec.code ?? null], ["Command", ran?.spec.command.join(" ") ?? null]];
const dataOf = (ran: Ran): [string, string | null][] => (ran?.spec.inputs ?? []).map(({ path, sha256 }) => [path, sha256]);

const hasEnded = ({ status }: RunView) => status !== "RUNNING" && status !== "SCHEDULED";

/** Null of a run that repeats none, or one that was purged. */
export const readRepetition = query("experiments.readRepetition", "viewer", RunRef, async ({ db, ctx, input }): Promise<Repetition | null> => {
  await requireRun(db, ctx.project.id, input.runId);
  const [after] = await hydrateRuns(db, ctx.project.id, [input.runId]);
  const hex = after?.tags.find(({ key }) => key === repeatsTag)?.value;
  if (!after || hex === undefined || !/^[0-9a-f]{32}$/.test(hex)) return null;
  const [before] = await hydrateRuns(db, ctx.project.id, [uuidOf(hex)]);
  if (!before) return null;
  const [a, b] = [await jobOf(db, ctx.project.id, before), await jobOf(db, ctx.project.id, after)];
  const metrics = metricChanges(before.metrics, after.metrics);
  return {
    of: { id: before.id, name: before.name },
    isFinal: hasEnded(before) && hasEnded(after),
    metrics: metrics.slice(0, shownMetrics),
    identical: metrics.filter(({ isIdentical }) => isIdentical).length,
    total: metrics.length,
    params: pairChanges(before.params, after.params),
    environment: lines(environmentOf, a, b),
    code: lines(codeOf, a, b),
    data: lines(dataOf, a, b),
  };
});
