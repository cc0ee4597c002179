/** A recipe as it is registered, from wherever: its parameters' schema is sound in itself. What was stored before is only read. */
import type { z } from "zod";
import { RecipeDefinition } from "../../contract/recipe";
import { checkValue } from "../launch/launch-command";
import { compilePatterns, matchFault, type Pattern } from "../launch/patterns";

type Parameters = RecipeDefinition["parameters"];
type Fault = { path: (string | number)[]; message: string };

function defaultFault(schema: Parameters["properties"][string], pattern: Pattern | string | undefined): string | null {
  const { default: standard, ...bare } = schema;
  if (standard === undefined) return null;
  const fault = checkValue(bare)(standard);
  if (fault !== null || typeof standard !== "string" || pattern === undefined || typeof pattern === "string") return fault;
  return matchFault(pattern, schema.pattern ?? "", standard);
}

function enumFaults({ type, enum: choices = [] }: Parameters["properties"][string]): Fault[] {
  const check = checkValue({ type });
  return choices.flatMap((choice, index): Fault[] => {
    const message = check(choice);
    return message === null ? [] : [{ path: ["enum", index], message }];
  });
}

function schemaFaults({ properties, required }: Parameters): Fault[] {
  const missing = required.flatMap((name, index): Fault[] => (Object.hasOwn(properties, name) ? [] : [{ path: ["required", index], message: `There is no parameter ${name}.` }]));
  const texts = Object.entries(properties).flatMap(([name, { type, pattern }]): [string, string][] => (type === "string" && pattern !== undefined ? [[name, pattern]] : []));
  const patterns = compilePatterns(texts);
  const each = Object.entries(properties).flatMap(([name, schema]): Fault[] => {
    const pattern = patterns.get(name);
    const message = schema.pattern !== undefined && schema.type !== "string" ? "Only a text has one." : typeof pattern === "string" ? pattern : null;
    const standard = defaultFault(schema, pattern);
    const own = [...(message === null ? [] : [{ path: ["pattern"], message }]), ...enumFaults(schema), ...(standard === null ? [] : [{ path: ["default"], message: standard }])];
    return own.map((fault) => ({ ...fault, path: ["properties", name, ...fault.path] }));
  });
  return [...missing, ...each];
}

export const CheckedRecipe = RecipeDefinition.superRefine(({ parameters }, context: z.RefinementCtx) => {
  for (const { path, message } of schemaFaults(parameters)) context.addIssue({ code: "custom", path: ["parameters", ...path], message });
});
