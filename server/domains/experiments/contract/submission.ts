/** A command that is submitted with its code, without a recipe. */
import { z } from "zod";
import { RunResources, Sha256 } from "./recipe";
import { StoredText, TagInput } from "./run";

/** Where the code comes from, as git tells it. */
const GitSource = z.object({
  commit: z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/, "a commit's full id"),
  branch: StoredText(500).default(""),
  remote: StoredText(2_000).default(""),
});

export const SubmitRunInput = z.object({
  /** Made where there is none of this name; the project's default one, if it is not said. */
  experiment: StoredText(500).min(1).nullable().default(null),
  runName: StoredText(200).default(""),
  /** Run in the folder that the code is unpacked to. */
  command: z.array(StoredText(4_000).min(1)).min(1).max(500),
  /** A tar.gz of the folder. */
  codeSha256: Sha256,
  /** A requirements file with hashes; the agent's own Python, if there is none. */
  requirementsSha256: Sha256.nullable().default(null),
  git: GitSource.nullable().default(null),
  /** What the folder differs from the commit by, as a diff. */
  changesSha256: Sha256.nullable().default(null),
  resources: RunResources.prefault({}),
  tags: z.array(TagInput).max(100).default([]),
  maxAttempts: z.number().int().min(1).max(20).default(1),
  priority: z.number().int().min(-100).max(100).default(0),
});
export type SubmitRunInput = z.input<typeof SubmitRunInput>;
