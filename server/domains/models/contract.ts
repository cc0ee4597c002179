/** Models, versions, aliases, gates, promotions, the ledger. Browser-safe. */
import { z } from "zod";
import type { GateVerdict } from "@/server/domains/evaluations/contract/gate";

const wellFormed = (text: string) => !/\p{Surrogate}/u.test(text) && !text.includes("\u0000");
const Text = (max: number) => z.string().max(max).refine(wellFormed, "must be storable text");

export const ModelName = Text(256)
  .min(1, "a name is needed")
  .refine((name) => !/[/:%\\]/.test(name) && name !== "." && name !== "..", "may not hold / : % or \\");
export const AliasName = Text(255)
  .regex(/^[\w-]+$/, "letters, digits, _ and -")
  .refine((alias) => !/^v\d+$/i.test(alias) && alias.toLowerCase() !== "latest", "v1, v2 … and latest are reserved");
export const championAlias = "champion";

export const promotionStates = ["pending", "approved", "refused", "lapsed"] as const;
export type PromotionState = (typeof promotionStates)[number];
/** Who may approve: another person, the owner alone where nobody else could, or the gate's own verdict. */
export const approvalModes = ["person", "owner_alone", "policy"] as const;
export const ApprovalMode = z.enum(approvalModes);

export const ModelRef = z.object({ name: ModelName });
export const VersionRef = ModelRef.extend({ version: z.int32().min(1) });
export const CreateModelInput = z.object({
  name: ModelName,
  description: Text(100_000).default(""),
  suite: Text(63).min(1).nullable().optional().describe("The suite that judges its versions. Left out with a first version: the one suite that asks about its dataset, if there is one. null, or left out without a version: no gate."),
  service: Text(63).nullable().default(null),
  approval: ApprovalMode.default("person"),
  tags: z.record(Text(250), Text(8_000)).default({}),
});
export const UpdateModelInput = ModelRef.extend({ description: Text(100_000) });
/** What a version must pass, who approves it, and which feature service completes requests by keys. */
export const SetGateInput = ModelRef.extend({ suite: Text(63).min(1).nullable().optional(), service: Text(63).min(1).nullable().optional(), approval: ApprovalMode.optional() });
export const RenameModelInput = ModelRef.extend({ newName: ModelName });
export const RegisterVersionInput = ModelRef.extend({
  loggedModelId: z.string().regex(/^m-[0-9a-f]{32}$/).nullable().default(null),
  /** For MLflow's own spelling: `runs:/…`, `mlflow-artifacts:/…`. */
  source: Text(2_000).default(""),
  runId: z.uuid().nullable().default(null),
  /** Without it, the one dataset that the run read. */
  datasetId: z.uuid().nullable().default(null),
  description: Text(100_000).default(""),
  tags: z.record(Text(250), Text(8_000)).default({}),
  /** Makes the model too, in the same transaction: a refused version leaves no empty one behind. */
  newModel: CreateModelInput.omit({ name: true, tags: true }).nullable().default(null),
});
export const SetAliasInput = VersionRef.extend({ alias: AliasName });
export const RemoveAliasInput = ModelRef.extend({ alias: AliasName });
export const TagInput = z.object({ key: Text(250).min(1), value: Text(8_000) });
export const RequestPromotionInput = VersionRef.extend({ alias: AliasName.default(championAlias), reason: Text(2_000).default("") });
export const DecidePromotionInput = z.object({ promotionId: z.uuid(), approve: z.boolean(), note: Text(2_000).default("") });
export const RollbackInput = ModelRef.extend({ alias: AliasName.default(championAlias), reason: Text(2_000).trim().min(1, "say why") });
/** Of one alias, or of all. */
export const ListLedgerInput = ModelRef.extend({ alias: AliasName.nullable().default(null), limit: z.number().int().min(1).max(1_000).default(200) });
export const LedgerAtInput = ModelRef.extend({ at: z.iso.datetime() });

export type TensorInfo = { name: string; datatype: string; shape: number[] };
export type ModelSignature = { inputs: TensorInfo[]; outputs: TensorInfo[]; features: string[] | null };

export type VersionView = {
  id: string; model: string; version: number; description: string; source: string; loggedModelId: string | null; runId: string | null; runName: string | null; datasetId: string | null;
  datasetDigest: string | null; digest: string; signature: ModelSignature | null; notServable: string | null; aliases: string[]; tags: Record<string, string>; stage: string;
  createdBy: string; createdAt: Date; updatedAt: Date; verdict: VerdictView | null;
};
export type VerdictView = {
  id: string; outcome: "passed" | "refused"; suite: string; suiteVersion: number; version: number; againstVersion: number | null; verdict: GateVerdict;
  evaluationId: string; comparisonId: string | null; skewCheckId: string | null; createdAt: Date;
};
export type PromotionView = {
  id: string; model: string; version: number; alias: string; state: PromotionState; reason: string; verdictId: string | null; replaces: number | null;
  requestedBy: string; requestedByUserId: string | null; decidedBy: string | null; decision: string | null; createdAt: Date; decidedAt: Date | null;
  /** Why the reader can't approve it while it waits; null where they can, and of one that is settled. */
  approvalRefusal: string | null;
};
/** Suites that ask about the dataset of a logged model, newest first; `dataset` is null where its run names none. */
export type GateProposal = { dataset: string | null; suites: string[] };
export type LedgerView = { id: string; alias: string; version: number; from: Date; to: Date | null; cause: string; by: string; note: string; promotionId: string | null };
export type ModelView = {
  id: string; name: string; description: string; suite: string | null; service: string | null; approval: (typeof approvalModes)[number]; tags: Record<string, string>;
  aliases: { alias: string; version: number; since: Date }[]; latestVersion: number | null; versionCount: number; openPromotions: number; createdAt: Date; updatedAt: Date;
};

/** What an ONNX file says of itself, to someone who looks at it; `dims` are as written: a number, a name, or unknown. */
export type OnnxValue = { name: string; datatype: string; dims: (number | string | null)[] };
export type OnnxSummary = {
  irVersion: number;
  producer: string;
  opsets: { domain: string; version: number }[];
  inputs: OnnxValue[];
  outputs: OnnxValue[];
  /** Operators by how often they stand in the graph, the most frequent first. */
  operators: { name: string; count: number }[];
  nodes: number;
  initializers: number;
  metadata: { key: string; value: string }[];
};
