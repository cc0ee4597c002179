/** The tag in which MLflow's `runs/log-model` keeps a run's models: a JSON list, the newest last. Pure. */
import { z } from "zod";
import { Invalid } from "@/server/platform/errors";

export const modelHistoryTag = "mlflow.log-model.history";
/** Hundreds of models; a tag that a person sets may be far shorter. */
const longest = 256 * 1024;

const Flavours = z.record(z.string(), z.unknown());
const Model = z.looseObject({ artifact_path: z.unknown(), flavors: Flavours, utc_time_created: z.unknown(), run_id: z.unknown() });
const mandatory = ["artifact_path", "flavors", "utc_time_created", "run_id"] as const;
const History = z.array(z.unknown());

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What MLflow keeps of a model here: where it lies and what reads it, without its signature and configuration. */
function factsOf(modelJson: string): Record<string, unknown> {
  const given = parseJson(modelJson);
  if (given === null || typeof given !== "object" || Array.isArray(given)) throw new Invalid(`Malformed model info. \n ${modelJson.slice(0, 200)} \n is not a valid JSON.`, { field: "model_json" });
  const missing = mandatory.filter((name) => !(name in given));
  if (missing.length > 0) throw new Invalid(`Model json is missing mandatory fields: {${missing.map((name) => `'${name}'`).join(", ")}}`, { field: "model_json" });
  const { data: model } = Model.safeParse(given);
  if (!model) throw new Invalid("Model json has flavors that are no object.", { field: "model_json" });
  const { run_id, utc_time_created, artifact_path, model_uuid } = model;
  const flavors = Object.fromEntries(
    Object.entries(model.flavors).map(([name, flavour]) => {
      const parsed = Flavours.safeParse(flavour);
      if (!parsed.success) return [name, flavour];
      const { config: _, ...rest } = parsed.data;
      return [name, rest];
    }),
  );
  return { run_id, utc_time_created, artifact_path, ...(model_uuid === undefined ? {} : { model_uuid }), flavors };
}

function textOf(modelJson: string): string {
  try {
    return JSON.stringify(factsOf(modelJson));
  } catch (error) {
    if (error instanceof RangeError) throw new Invalid("Malformed model info: it is nested too deep.", { field: "model_json" });
    throw error;
  }
}

/** The history with one more model. One that is sent again is in it once; a history that is no list is begun anew. */
export function appendModel(history: string | null, modelJson: string): string {
  const known = History.safeParse(parseJson(history ?? "[]")).data ?? [];
  const fact = textOf(modelJson);
  const others = known.map((model) => JSON.stringify(model)).filter((model) => model !== fact);
  const text = `[${[...others, fact].join(", ")}]`;
  if (text.length > longest) throw new Invalid(`The run has logged so many models that their list is longer than ${longest} characters.`, { field: "model_json" });
  return text;
}
