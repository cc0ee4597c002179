/** Which recipes can score a logged model on a dataset, and what such a launch is given. Pure. */
import type { RecipeDefinition } from "@/server/domains/experiments/contract/recipe";
import { launchCheckOf } from "@/server/domains/experiments/rules/launch/check-launch";
import { outputPath } from "@/server/domains/experiments/rules/launch/launch-command";

type Inputs = RecipeDefinition["inputs"];

export type ScoringLaunch = {
  inputs: Record<string, string>;
  parameters: Record<string, string>;
  /** Where the run's artifacts hold the scores: the output file under its own name. */
  scoresPath: string;
};

const oneOfType = (inputs: Inputs, type: string): string | null => {
  const [name, ...others] = Object.keys(inputs).filter((input) => inputs[input]?.type === type);
  return name !== undefined && others.length === 0 ? name : null;
};

const scoresOutput = ({ outputs }: RecipeDefinition) =>
  Object.keys(outputs).find((name) => outputs[name]?.type === "example_scores");

/** A recipe fits if a model, a dataset and the split are all that it needs, and one output is scores by example. */
export function planScoring(
  recipe: RecipeDefinition,
  given: { loggedModelId: string; datasetId: string; split: string },
): ScoringLaunch | null {
  const model = oneOfType(recipe.inputs, "logged_model");
  const dataset = oneOfType(recipe.inputs, "dataset");
  const output = scoresOutput(recipe);
  if (!model || !dataset || !output) return null;
  const needsMore = Object.entries(recipe.inputs).some(
    ([name, input]) => name !== model && name !== dataset && !input.optional,
  );
  const parameters: Record<string, string> = Object.hasOwn(recipe.parameters.properties, "split") ? { split: given.split } : {};
  if (needsMore || launchCheckOf(recipe).all(parameters).faults.length > 0) return null;
  const path = outputPath(output);
  return {
    inputs: { [model]: given.loggedModelId, [dataset]: given.datasetId },
    parameters,
    scoresPath: path.slice(path.lastIndexOf("/") + 1),
  };
}
