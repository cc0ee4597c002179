/** A job's spec as it was first, without the checkpoint that a resume gave it. Pure. */
import type { JobSpec } from "@/server/domains/compute/contract/job";
import { checkpointFolder } from "../../contract/again/again-words";

export function freshSpec(spec: JobSpec): JobSpec {
  const { SLIPWAY_CHECKPOINT: given, ...env } = spec.env;
  return given === undefined ? spec : { ...spec, env, inputs: spec.inputs.filter(({ path }) => !path.startsWith(`${checkpointFolder}/`)) };
}
