/** The hash chain of a scope's audit rows: what a row's hash covers, and whether a run of rows is unbroken. */
import { createHash } from "node:crypto";

export type ChainedRow = {
  id: string;
  at: Date;
  actorKind: string;
  actorId: string;
  action: string;
  subjectKind: string | null;
  subjectId: string | null;
  details: unknown;
  requestId: string;
  seq: number;
};

/** JSON with sorted keys, so that jsonb's reordering does not change a hash. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(",")}}`;
  }
  return JSON.stringify(value) ?? "null";
}

export const chainStart = "0".repeat(64);

/** SHA-256 (hex) over the previous hash and the row's fields, in a fixed order. */
export function chainHash(previous: string, row: ChainedRow): string {
  const body = canonicalJson([
    row.seq, row.id, row.at.toISOString(), row.actorKind, row.actorId, row.action,
    row.subjectKind, row.subjectId, row.details, row.requestId,
  ]);
  return createHash("sha256").update(previous).update(body).digest("hex");
}
