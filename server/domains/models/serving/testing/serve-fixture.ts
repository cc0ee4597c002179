/** Models for tests: versions made of the fixtures' ONNX files, with a champion. */
import { createReadStream, readFileSync } from "node:fs";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { inferences } from "@/drizzle/schema/models";
import { storeBlob } from "@/server/platform/blob-store/blobs";
import type { ProjectContext } from "@/server/platform/context";
import { database } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";
import { publishLive } from "@/server/platform/live/publish";
import { championAlias } from "../../contract";
import { readOnnxSignature } from "../../rules/onnx-file";
import { createModel, modelTopics } from "../../service/models";
import { findAlias, moveAlias } from "../../store/aliases";
import { findModel } from "../../store/models";
import { insertVersion, type VersionRow } from "../../store/versions";

export const fixturePath = (name: string): string => join(import.meta.dirname, "fixtures", `${name}.onnx`);

export async function makeModel(ctx: ProjectContext, name: string, service: string | null = null): Promise<string> {
  return (await createModel(ctx, { name, service })).id;
}

export async function addVersion(ctx: ProjectContext, modelId: string, fixture: string): Promise<VersionRow> {
  const blob = await storeBlob(ctx, createReadStream(fixturePath(fixture)), {});
  const signature = readOnnxSignature(readFileSync(fixturePath(fixture)));
  return database().transaction((tx) =>
    insertVersion(tx, {
      projectId: ctx.project.id, modelId, source: `fixture ${fixture}`, digest: blob.sha256, onnxSha256: blob.sha256, signature,
      createdByKind: "system", createdById: newId(), createdByName: "test",
    }),
  );
}

export async function makeChampion(ctx: ProjectContext, name: string, version: VersionRow): Promise<void> {
  await database().transaction(async (tx) => {
    const model = await findModel(tx, ctx.project.id, name);
    const holder = await findAlias(tx, version.modelId, championAlias);
    if (!model) throw new Error(`no model ${name}`);
    await moveAlias(tx, {
      modelId: version.modelId, projectId: ctx.project.id, alias: championAlias, to: version, expected: holder?.versionId ?? null, cause: "test", by: "test", note: "", promotionId: null,
    });
  });
  publishLive(ctx.project.id, modelTopics(name));
}

/** The sigmoid that the fixtures `first` and `second` compute, NaN taken as 0. */
export function expectedScore(fixture: "first" | "second", [mean = 0, count = 0, hour = 0]: readonly number[]): number {
  const filled = (value: number) => (Number.isNaN(value) ? 0 : value);
  const [a, b, c, bias] = fixture === "first" ? [0.1, 0.01, -0.05, -1] : [0.2, 0.02, -0.1, 0.5];
  return 1 / (1 + Math.exp(-(a * filled(mean) + b * filled(count) + c * filled(hour) + bias)));
}

export const readLogged = (modelId: string) => database().select().from(inferences).where(eq(inferences.modelId, modelId)).orderBy(inferences.predictionId);
