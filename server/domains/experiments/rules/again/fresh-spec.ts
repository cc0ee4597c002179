/** A job's spec as it was first, without the checkpoint that a resume gave it, and after no other job: those have ended. Pure. */
import type { JobSpec } from "@/server/domains/compute/contract/job";
import { checkpointFolder } from "../../contract/again/again-words";

export function freshSpec(spec: JobSpec): JobSpec {
  const { after: _, ...first } = spec;
  const { SLIPWAY_CHECKPOINT: given, ...env } = spec.env;
  return given === undefined ? first : { ...first, env, inputs: spec.inputs.filter(({ path }) => !path.startsWith(`${checkpointFolder}/`)) };
}
