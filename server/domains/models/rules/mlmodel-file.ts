/** What an `MLmodel` file says of a model: its declared inputs, and the files that its flavours need. */
import { parse } from "yaml";
import { z } from "zod";
import { Invalid } from "@/server/platform/errors";

/** Keys with which MLflow's flavours name a file or folder beside `MLmodel`. */
const fileKeys = ["data", "model_path", "pickled_model", "model_data", "python_model"];

const MlModel = z.object({
  signature: z.object({ inputs: z.string().nullish() }).nullish(),
  flavors: z.record(z.string(), z.record(z.string(), z.unknown())).nullish(),
});

export type MlModelFile = { inputs: string | null; needs: string[] };

/** Throws Invalid for what is not an MLmodel file. */
export function readMlModel(text: string): MlModelFile {
  let raw: unknown;
  try {
    raw = parse(text, { maxAliasCount: 10 });
  } catch (error) {
    throw new Invalid(`MLmodel is not YAML: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}`, { field: "MLmodel" });
  }
  const parsed = MlModel.safeParse(raw);
  if (!parsed.success) return { inputs: null, needs: [] };
  const named = Object.values(parsed.data.flavors ?? {}).flatMap((flavor) => fileKeys.map((key) => flavor[key]));
  const needs = named.filter((value): value is string => typeof value === "string" && value !== "" && value !== ".");
  return { inputs: parsed.data.signature?.inputs ?? null, needs: [...new Set(needs)] };
}

/** Throws Invalid that names the first file or folder that a flavour needs and that is not among these paths. */
export function assertFilesPresent(needs: readonly string[], paths: readonly string[]): void {
  const missing = needs.find((need) => {
    const clean = need.replace(/^\.\//, "").replace(/\/$/, "");
    return !paths.some((path) => path === clean || path.startsWith(`${clean}/`));
  });
  if (missing !== undefined) throw new Invalid(`MLmodel names ${JSON.stringify(missing)}, which is not among the model's files: log it again.`, { field: "MLmodel" });
}
