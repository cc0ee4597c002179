/** What every service verb carries besides its function: enough for tRPC, the HTTP API, OpenAPI and the access table. */
import type { z } from "zod";
import type { InstanceContext, ProjectContext, Role } from "./context";
import { Invalid } from "./errors";
import { fieldOf, issueWords } from "./issues/rules/issue-words";
import type { InstanceAccess } from "./policy/access";

export type VerbKind = "mutation" | "query" | "ingest";

type VerbFacts<S, A, K> = { readonly action: string; readonly kind: K; readonly access: A; readonly input: S };

export type ProjectVerb<S extends z.ZodType, R, K extends VerbKind = VerbKind> = ((
  ctx: ProjectContext,
  input: z.input<S>,
) => Promise<R>) &
  VerbFacts<S, Role, K> & { readonly level: "project" };

export type InstanceVerb<S extends z.ZodType, R, K extends VerbKind = VerbKind> = ((
  ctx: InstanceContext,
  input: z.input<S>,
) => Promise<R>) &
  VerbFacts<S, InstanceAccess, K> & { readonly level: "instance" };

/** Parses or throws an Invalid that names the first faulty field. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input, { error: issueWords });
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => ({ field: fieldOf(issue).join("."), message: issue.message }));
  const first = issues[0];
  throw new Invalid(first ? `${first.field || "input"}: ${first.message}` : "The input does not parse.", {
    field: first?.field,
    issues: issues.slice(0, 20),
  });
}
