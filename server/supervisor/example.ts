/** Starts the example: one job that runs examples/flights/pipeline.py, which launches all the others through the API. */
import { execFile } from "node:child_process";
import { createReadStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { eq } from "drizzle-orm";
import { projects } from "@/drizzle/schema/identity";
import { exampleSteps } from "@/drizzle/schema/platform";
import { getJob, listJobs } from "@/server/domains/compute/service/read-jobs";
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

async function isUnderWay(ctx: ProjectContext): Promise<boolean> {
  const { jobs } = await listJobs(ctx, { label: exampleLabel, states: ["queued", "preparing", "running"], limit: 1 });
  const [first] = jobs;
  return first !== undefined && (await getJob(ctx, { jobId: first.id })).state !== "lost";
}

/** Nothing happens when the example is done or under way; one that failed or was killed goes on where it stopped. */
export async function startExample({ root, reset, project: slug }: Options): Promise<void> {
  const [project] = await database().select().from(projects).where(eq(projects.slug, slug));
  if (!project) return;
  const ctx = systemContext({ id: project.id, slug, name: project.name }, "example");
  if (reset) await database().delete(exampleSteps).where(eq(exampleSteps.projectId, project.id));
  const example = await getExample(ctx, {});
  if (example.state === "succeeded" || (await isUnderWay(ctx))) return;
  const code = await packExample(ctx, root);
  await submitJob(ctx, {
    name: "Example: will this flight arrive late?",
    command: ["python3", "pipeline.py", ...(reset ? ["--reset"] : [])],
    code,
    env: { PYTHONPATH: "." },
    resources: { cpus: 0.2, memoryBytes: 512 * 1024 ** 2 },
    timeLimitSeconds: 24 * 3_600,
    maxAttempts: 5,
    labels: { [exampleLabel.key]: exampleLabel.value },
  });
}
