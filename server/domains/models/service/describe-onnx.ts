import { RunArtifactsInput } from "@/server/domains/experiments/contract/artifact";
import { requireRunArtifact } from "@/server/domains/experiments/service/artifacts";
import { blobStore } from "@/server/platform/blob-store/blobs";
import { query } from "@/server/platform/mutation";
import type { OnnxSummary } from "../contract";
import { summarizeOnnx, summaryType } from "../rules/onnx-summary";
import { readOnnxOutline } from "./read-onnx";

/** An artifact's ONNX graph; its weights are passed over, whatever their size. */
export const describeOnnx = query("models.describeOnnx", "viewer", RunArtifactsInput, async ({ db, ctx, input }): Promise<OnnxSummary> => {
  const { sha256 } = await requireRunArtifact(db, ctx.project.id, input);
  return summarizeOnnx(await readOnnxOutline(await blobStore().localPath(sha256), summaryType));
});
