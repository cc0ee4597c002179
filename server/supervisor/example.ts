/** Starts the example: one job that runs examples/flights/pipeline.py, which launches all the others through the API. */
import { execFile } from "node:child_process";
import { createReadStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { eq } from "drizzle-orm";
import { projects } from "@/drizzle/schema/identity";
import { exampleSteps } from "@/drizzle/schema/platform";
import { listJobs } from "@/server/domains/compute/service/read-jobs";
import { submitJob } from "@/server/domains/compute/service/submit-job";
import { storeBlob } from "@/server/platform/blob-store/blobs";
import { type ProjectContext, systemContext } from "@/server/platform/context";
import { database } from "@/server/platform/db";
import { getExample } from "@/server/platform/example/service";

const run = promisify(execFile);
const exampleLabel = { key: "example", value: "flights" };

type Options = { root: string; reset: boolean; project: string };

/** The same files in the same order with the same times give the same archive, so that a restart finds it stored. */
async function packExample(ctx: ProjectContext, root: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "slipway-example-"));
  const archive = join(folder, "code.tar.gz");
  try {
    const flags = [
      "--sort=name",
      "--mtime=@0",
      "--owner=0",
      "--group=0",
      "--numeric-owner",
      "--exclude=__pycache__",
      "--exclude=*.egg-info",
    ];
    const data = "node_modules/vega-datasets/data";
    await run("tar", [
      ...flags,
      "-czf",
      archive,
      "-C",
      join(root, "examples/flights"),
      "--exclude=./node_modules",
      ".",
      `${data}/flights-3m.parquet`,
      `${data}/airports.csv`,
      "-C",
      join(root, "sdk/python"),
      "slipway",
    ]);
    return (await storeBlob(ctx, createReadStream(archive), {})).sha256;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Standing = "none" | "under way" | "cancelled";

async function standingOf(ctx: ProjectContext): Promise<Standing> {
  const { jobs } = await listJobs(ctx, { label: exampleLabel, limit: 1 });
  const state = jobs[0]?.state;
  if (state === "queued" || state === "preparing" || state === "running") return "under way";
  return state === "cancelled" ? "cancelled" : "none";
}

/**
 * Nothing happens when the example is done or under way, or when a person cancelled it: retrying its job, or
 * `--reset-example`, starts it again. One that failed or was killed goes on where it stopped.
 */
export async function startExample({ root, reset, project: slug }: Options): Promise<void> {
  const [project] = await database().select().from(projects).where(eq(projects.slug, slug));
  if (!project) return;
  const ctx = systemContext({ id: project.id, slug, name: project.name }, "example");
  if (reset) await database().delete(exampleSteps).where(eq(exampleSteps.projectId, project.id));
  const example = await getExample(ctx, {});
  const standing = await standingOf(ctx);
  if (example.state === "succeeded" || standing === "under way" || (standing === "cancelled" && !reset)) return;
  const code = await packExample(ctx, root);
  await submitJob(ctx, {
    name: "Example pipeline",
    command: ["python3", "pipeline.py", ...(reset ? ["--reset"] : [])],
    code,
    env: { PYTHONPATH: "." },
    resources: { cpus: 0.2, memoryBytes: 512 * 1024 ** 2 },
    timeLimitSeconds: 24 * 3_600,
    maxAttempts: 5,
    labels: { [exampleLabel.key]: exampleLabel.value },
  });
}
