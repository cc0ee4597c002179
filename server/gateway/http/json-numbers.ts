/** JSON has no NaN and no infinities; as null they would read as absent. They go as the strings that MLflow's wire has. */
export function wireDouble(value: number): number | "NaN" | "Infinity" | "-Infinity" {
  if (Number.isFinite(value)) return value;
  if (Number.isNaN(value)) return "NaN";
  return value > 0 ? "Infinity" : "-Infinity";
}

export const jsonText = (answer: unknown): string => JSON.stringify(answer, (_, value: unknown) => (typeof value === "number" ? wireDouble(value) : value));
