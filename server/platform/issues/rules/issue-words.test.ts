import { expect, it } from "vitest";
import { z } from "zod";
import { issueWords } from "./issue-words";

const jsonSchema = (property: object) => z.fromJSONSchema({ type: "object", properties: { x: property }, required: ["x"] } as Parameters<typeof z.fromJSONSchema>[0]);

it.each([
  ["a number above its limit", z.number().max(100), 101, "At most 100."],
  ["a number below a negative limit", z.number().int().min(-100), -101, "At least −100."],
  ["an exclusive minimum", z.number().gt(0), 0, "More than 0."],
  ["an exclusive maximum", z.number().lt(1), 1, "Less than 1."],
  ["not a number", z.number(), Number.NaN, "A number is needed."],
  ["text for a number", z.number(), "many", "A number is needed."],
  ["half of a whole number", z.number().int(), 2.5, "A whole number is needed."],
  ["nothing", z.string(), undefined, "A value is needed."],
  ["an empty text", z.string().min(1), "", "A value is needed."],
  ["a short text", z.string().min(12), "short", "At least 12 characters."],
  ["a long text", z.string().max(3), "long", "At most 3 characters."],
  ["a list with one too many", z.array(z.number()).max(1), [1, 2], "At most 1 item."],
  ["no e-mail address", z.email(), "ada", "This is not an e-mail address."],
  ["no choice", z.enum(["fast", "slow"]), "idle", "One of fast, slow is needed."],
  ["a step", z.number().multipleOf(5), 7, "A multiple of 5 is needed."],
  ["neither of two numbers", z.union([z.literal(0), z.literal(1)]), 2, "0 or 1 is needed."],
  ["none of two objects", z.union([z.object({ ids: z.array(z.string()) }), z.object({ search: z.string(), atMost: z.number(), note: z.string().optional() })]), undefined, "An object with ids or an object with search and atMost is needed."],
  ["no kind", z.discriminatedUnion("by", [z.object({ by: z.literal("metric") }), z.object({ by: z.enum(["runs", "value"]) })]), { by: "x" }, "One of metric, runs, value is needed."],
  ["text or a number", z.union([z.string().min(3), z.number()]), true, "Text or a number is needed."],
  ["a message of the schema's own", z.string().min(1, "a name is needed"), "", "a name is needed"],
] as const)("%s", (_, schema, input, words) => {
  expect(schema.safeParse(input, { error: issueWords }).error?.issues[0]?.message).toBe(words);
});

it.each([
  [{ type: "number", exclusiveMinimum: 0 }, 0, "More than 0."],
  [{ type: "number", exclusiveMaximum: 1 }, 1, "Less than 1."],
  [{ type: "integer", maximum: 100 }, 200, "At most 100."],
  [{ type: "integer" }, 1.5, "A whole number is needed."],
  [{ type: "number" }, "many", "A number is needed."],
  [{ type: "string", minLength: 2 }, "a", "At least 2 characters."],
])("a recipe's JSON schema %j", (property, x, words) => {
  expect(jsonSchema(property).safeParse({ x }, { error: issueWords }).error?.issues[0]?.message).toBe(words);
});
