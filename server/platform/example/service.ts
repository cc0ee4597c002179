/** The example's progress: steps that its pipeline reports while it runs, shown on Home and by `GET /api/v1/example`. */
import { asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { exampleSteps } from "@/drizzle/schema/platform";
import { ingest, query } from "../mutation";

export const stepStates = ["pending", "running", "succeeded", "failed", "skipped"] as const;

/** Only places inside the project are linked. */
const StepLink = z.object({ label: z.string().min(1).max(100), href: z.string().regex(/^\/(?!\/)[^\\\s]*$/, "a path inside the project").max(500) });
const ReportStepInput = z.object({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, "lower-case letters, digits and -"),
  position: z.number().int().min(0).max(1_000),
  title: z.string().min(1).max(200),
  state: z.enum(stepStates),
  progress: z.number().min(0).max(1).nullable().default(null),
  detail: z.string().max(2_000).default(""),
  links: z.array(StepLink).max(20).default([]),
});

export type ExampleStep = {
  name: string; position: number; title: string; state: (typeof stepStates)[number]; progress: number | null; detail: string;
  links: z.infer<typeof StepLink>[]; startedAt: Date | null; finishedAt: Date | null;
};

export const reportExampleStep = ingest("example.reportExampleStep", "member", ReportStepInput, async ({ tx, ctx, input, publish }) => {
  const isOver = ["succeeded", "failed", "skipped"].includes(input.state);
  const values = {
    ...input, projectId: ctx.project.id, startedAt: input.state === "pending" ? null : sql`now()`, finishedAt: isOver ? sql`now()` : null, updatedAt: sql`now()`,
  };
  await tx
    .insert(exampleSteps)
    .values(values)
    .onConflictDoUpdate({
      target: [exampleSteps.projectId, exampleSteps.name],
      set: { ...values, startedAt: input.state === "pending" ? null : sql`coalesce(example_steps.started_at, now())` },
    });
  publish("example");
  return {};
});

export type ExampleState = "none" | "running" | "succeeded" | "failed";

export const getExample = query("example.getExample", "viewer", z.object({}), async ({ db, ctx }) => {
  const rows = await db.select().from(exampleSteps).where(eq(exampleSteps.projectId, ctx.project.id)).orderBy(asc(exampleSteps.position));
  const steps: ExampleStep[] = rows.map((row) => ({
    name: row.name, position: row.position, title: row.title, state: row.state as ExampleStep["state"], progress: row.progress, detail: row.detail,
    links: row.links as ExampleStep["links"], startedAt: row.startedAt, finishedAt: row.finishedAt,
  }));
  return { state: stateOf(steps), steps };
});

function stateOf(steps: readonly ExampleStep[]): ExampleState {
  if (steps.length === 0) return "none";
  if (steps.some((step) => step.state === "failed")) return "failed";
  return steps.every((step) => step.state === "succeeded" || step.state === "skipped") ? "succeeded" : "running";
}
