/** Asks the live endpoint as any client would, with the person's session; the time is that of the whole round trip. */
import { z } from "zod";
import type { TryBody } from "./try-draft";

const Cell = z.union([z.number(), z.string(), z.boolean(), z.null()]);
const Answer = z.object({
  model_version: z.string(),
  outputs: z.array(z.object({ name: z.string(), shape: z.array(z.number()), data: z.array(Cell) })),
});
const Problem = z.object({ error: z.string() });

export type TryAnswer = z.infer<typeof Answer> & { tookMs: number };

export async function askEndpoint(project: string, path: string, body: TryBody): Promise<TryAnswer> {
  const started = performance.now();
  const response = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json", "x-slipway-project": project },
    body: JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  const tookMs = performance.now() - started;
  if (!response.ok) throw new Error(Problem.safeParse(answer).data?.error ?? `The endpoint answered ${response.status}.`);
  return { ...Answer.parse(answer), tookMs };
}
