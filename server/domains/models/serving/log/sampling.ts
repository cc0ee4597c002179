/** Whether a prediction is logged: by a hash of its id, so that every process and a label that comes later decide alike. */
import { createHash } from "node:crypto";

const range = 2 ** 32;

export function isSampled(predictionId: string, share: number): boolean {
  if (share >= 1) return true;
  if (share <= 0) return false;
  return createHash("md5").update(predictionId).digest().readUInt32BE() < share * range;
}
