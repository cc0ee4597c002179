/** What is wrong with an input, in words for the person who wrote it; a message of the schema's own goes first. Browser-safe. */
import type { z } from "zod";

type Issue = Parameters<z.core.$ZodErrorMap>[0];

const kinds: Record<string, string> = {
  number: "A number is needed.", int: "A whole number is needed.", bigint: "A whole number is needed.", string: "Text is needed.",
  boolean: "True or false is needed.", array: "A list is needed.", object: "An object is needed.", record: "An object is needed.", date: "A date is needed.",
};
const formats: Record<string, string> = {
  email: "This is not an e-mail address.", url: "This is not a URL.", uuid: "This is not a UUID.", guid: "This is not a UUID.", datetime: "This is not an ISO time, like 2026-01-31T12:00:00Z.",
  date: "This is not an ISO date, like 2026-01-31.", ipv4: "This is not an IP address.", ipv6: "This is not an IP address.", json_string: "This is not JSON.", base64: "This is not base64.",
};
const units: Record<string, readonly [one: string, many: string]> = { string: ["character", "characters"], array: ["item", "items"], set: ["item", "items"], map: ["entry", "entries"] };

/** `100`, `12 characters`: a length has a unit, a number has none. */
function amount(origin: string, limit: number | bigint): string {
  const unit = units[origin];
  if (!unit) return String(limit).replace("-", "−");
  return `${limit} ${Number(limit) === 1 ? unit[0] : unit[1]}`;
}

function tooSmall(origin: string, limit: number | bigint, inclusive: boolean | undefined): string {
  if (inclusive === false) return `More than ${amount(origin, limit)}.`;
  return origin === "string" && Number(limit) === 1 ? "A value is needed." : `At least ${amount(origin, limit)}.`;
}

type Option = { _zod: { def: { type: string; values?: readonly unknown[]; shape?: Record<string, { _zod: { optin?: string } }>; innerType?: Option; in?: Option }; propValues?: Record<string, Set<unknown>> } };

const listed = (words: readonly string[], by: string) => (words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${by} ${words.at(-1)}`);

const plain: Record<string, string> = { string: "text", number: "a number", boolean: "true or false", null: "null", array: "a list", record: "an object" };

/** What one option of several takes: a literal's values, the fields that an object must have. */
function optionWords({ _zod: { def } }: Option): string[] {
  if (def.type === "literal") return (def.values ?? []).map(String);
  if (def.type === "object") {
    const fields = Object.entries(def.shape ?? {}).filter(([, field]) => field._zod.optin !== "optional").map(([name]) => name);
    return [fields.length === 0 ? "an object" : `an object with ${listed(fields, "and")}`];
  }
  const behind = def.innerType ?? def.in;
  if (behind) return optionWords(behind);
  return plain[def.type] === undefined ? [] : [plain[def.type] ?? ""];
}

/** Of a choice that nothing given fits. */
function unionWords(issue: Issue): string | undefined {
  const options = ((issue.inst?._zod.def as { options?: readonly Option[] } | undefined)?.options ?? []);
  const key = "discriminator" in issue && typeof issue.discriminator === "string" ? issue.discriminator : null;
  if (key !== null) {
    const values = options.flatMap((option) => [...(option._zod.propValues?.[key] ?? [])]).map(String);
    return values.length === 0 ? undefined : `One of ${values.join(", ")} is needed.`;
  }
  const words = listed([...new Set(options.flatMap(optionWords))], "or");
  return words === "" ? undefined : `${words[0]?.toUpperCase()}${words.slice(1)} is needed.`;
}

/** As an error map: `schema.safeParse(input, { error: issueWords })`. What has no words here keeps zod's. */
export function issueWords(issue: Issue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined ? "A value is needed." : kinds[issue.expected];
    case "too_small":
      return tooSmall(issue.origin, issue.minimum, issue.inclusive);
    case "too_big":
      return issue.inclusive === false ? `Less than ${amount(issue.origin, issue.maximum)}.` : `At most ${amount(issue.origin, issue.maximum)}.`;
    case "not_multiple_of":
      return `A multiple of ${issue.divisor} is needed.`;
    case "invalid_format":
      return formats[issue.format];
    case "invalid_value":
      return `One of ${issue.values.map(String).join(", ")} is needed.`;
    case "invalid_union":
      return unionWords(issue);
    default:
      return undefined;
  }
}

/** `SLIPWAY_PORT: a whole number is needed; …`, without a stop: of settings, whose names come first. */
export const settingFaults = (issues: readonly z.core.$ZodIssue[]): string => issues.map((issue) => `${issue.path.join(".")}: ${issue.message.replace(/\.$/, "")}`).join("; ");

/** Where an issue is; of a key that is not known, at the key. */
export const fieldOf = (issue: z.core.$ZodIssue): PropertyKey[] => (issue.code === "unrecognized_keys" ? [...issue.path, ...issue.keys.slice(0, 1)] : issue.path);
