import type { Tone } from "./badge";

/** How each state looks: a tone, one of nine glyphs, and its word. States that mean the same look and are called the same. */

export type Glyph = "spin" | "dashed" | "check" | "cross" | "bar" | "bang" | "dot" | "pause" | "question" | "clock";

export type StateLook = { tone: Tone; glyph: Glyph; word: string };

/** The third is the word where another one means the same. */
const looks: Record<string, [Tone, Glyph, string?]> = {
  running: ["running", "spin"],
  starting: ["running", "spin"],
  launched: ["running", "spin"],
  claimed: ["running", "spin"],
  building: ["running", "spin"],
  replaying: ["running", "spin"],
  queued: ["queued", "dashed"],
  scheduled: ["queued", "dashed", "queued"],
  pending: ["queued", "clock"],
  waiting: ["queued", "clock"],
  requested: ["queued", "clock"],
  draft: ["queued", "dashed"],
  planned: ["queued", "dashed"],
  idle: ["queued", "dot"],
  succeeded: ["succeeded", "check"],
  finished: ["succeeded", "check", "succeeded"],
  completed: ["succeeded", "check", "succeeded"],
  complete: ["succeeded", "check", "succeeded"],
  passed: ["succeeded", "check"],
  approved: ["succeeded", "check"],
  promoted: ["succeeded", "check"],
  resolved: ["succeeded", "check"],
  healthy: ["succeeded", "check"],
  fresh: ["succeeded", "check"],
  ready: ["succeeded", "check"],
  better: ["succeeded", "check"],
  serving: ["succeeded", "dot"],
  online: ["succeeded", "dot"],
  active: ["succeeded", "dot"],
  live: ["succeeded", "dot"],
  failed: ["failed", "cross"],
  refused: ["failed", "cross"],
  rejected: ["failed", "cross"],
  error: ["failed", "cross"],
  worse: ["failed", "cross"],
  dead: ["failed", "cross"],
  offline: ["failed", "cross"],
  firing: ["failed", "bang"],
  down: ["failed", "bang"],
  lost: ["warning", "question"],
  degraded: ["warning", "bang"],
  warning: ["warning", "bang"],
  stale: ["warning", "clock"],
  late: ["warning", "clock"],
  draining: ["warning", "pause"],
  acknowledged: ["warning", "dot"],
  cancelling: ["cancelled", "spin"],
  stopping: ["cancelled", "spin"],
  cancelled: ["cancelled", "bar"],
  pruned: ["cancelled", "bar"],
  killed: ["cancelled", "bar", "cancelled"],
  expired: ["cancelled", "clock"],
  revoked: ["cancelled", "bar"],
  paused: ["cancelled", "pause"],
  stopped: ["cancelled", "bar"],
  archived: ["cancelled", "bar"],
  skipped: ["cancelled", "bar"],
};

/** An unknown state keeps its own word, made readable, and takes no side. */
export function stateLook(state: string): StateLook {
  const key = state
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, "_");
  const word = key.replace(/_/g, " ") || "unknown";
  const known = Object.hasOwn(looks, key) ? looks[key] : undefined;
  return known ? { tone: known[0], glyph: known[1], word: known[2] ?? word } : { tone: "queued", glyph: "question", word };
}
