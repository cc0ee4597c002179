/** What a recipe says of values, compiled once for as many as are asked about. The server's: the browser leaves patterns to it. */
import type { RecipeDefinition } from "../../contract/recipe";
import { type Chosen, checkInputs, checkParameters, checkValue, type LaunchFault } from "./launch-command";
import { compilePatterns, matchFault } from "./patterns";

type Value = Chosen["parameters"][string];
export type LaunchCheck = {
  all: (chosen: Chosen["parameters"]) => { values: Chosen["parameters"]; faults: LaunchFault[] };
  /** One value of one parameter that the recipe has. */
  one: (name: string, value: Value) => string | null;
};

const patternsOf = (recipe: RecipeDefinition) =>
  new Map(Object.entries(recipe.parameters.properties).flatMap(([name, { type, pattern }]): [string, string][] => (type === "string" && typeof pattern === "string" ? [[name, pattern]] : [])));

export function launchCheckOf(recipe: RecipeDefinition): LaunchCheck {
  const sources = patternsOf(recipe);
  const patterns = compilePatterns(sources);
  const ofAll = checkParameters(recipe);
  const ofOne = new Map<string, (value: Value) => string | null>();
  const patternFault = (name: string, value: Value): string | null => {
    const pattern = patterns.get(name);
    return pattern === undefined || typeof value !== "string" ? null : matchFault(pattern, sources.get(name) ?? "", value);
  };
  return {
    all: (chosen) => {
      const { values, faults } = ofAll(chosen);
      const unmatched = Object.entries(chosen).flatMap(([name, value]): LaunchFault[] => {
        const message = patternFault(name, value);
        return message === null ? [] : [{ field: `parameters.${name}`, message }];
      });
      return { values, faults: [...faults, ...unmatched] };
    },
    one: (name, value) => {
      const schema = recipe.parameters.properties[name];
      if (!schema) return null;
      const check = ofOne.get(name) ?? checkValue(schema);
      ofOne.set(name, check);
      return check(value) ?? patternFault(name, value);
    },
  };
}

/** Everything that is wrong with a launch, by field. */
export function checkLaunch(recipe: RecipeDefinition, { parameters, inputs }: Chosen): { values: Chosen["parameters"]; faults: LaunchFault[] } {
  const { values, faults } = launchCheckOf(recipe).all(parameters);
  return { values, faults: [...faults, ...checkInputs(recipe, inputs)] };
}
