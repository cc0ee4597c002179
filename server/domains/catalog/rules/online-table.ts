/** The table of the online store that holds a view's rows: another order, name or type of its features is another table. */
import { createHash } from "node:crypto";
import type { FeatureViewDefinition } from "../contract/definition";

/** Rows written before a change are not found by reads after it, which would take one feature's value for another's. */
export function onlineTable({ name, features }: Pick<FeatureViewDefinition, "name" | "features">): string {
  const shape = JSON.stringify(features.map((feature) => [feature.name, feature.dtype]));
  return `${name}@${createHash("sha256").update(shape).digest("hex").slice(0, 12)}`;
}
