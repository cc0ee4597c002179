/** Verbs that agents call. They stand outside any project, yet move jobs of many: whose viewers are told after commit. */
import type { z } from "zod";
import type { InstanceContext } from "@/server/platform/context";
import { publishLive } from "@/server/platform/live/publish";
import { instanceIngest, type Write } from "@/server/platform/mutation";
import type { InstanceVerb } from "@/server/platform/verb";

/** Topic that wakes agents waiting for work or for a word to stop. */
export const QUEUE_TOPIC = "job-queue";

export type Tell = (projectId: string, ...topics: string[]) => void;

export function agentIngest<S extends z.ZodType, R>(
  action: string,
  input: S,
  body: (write: Write<InstanceContext, z.output<S>>, tell: Tell) => Promise<R>,
): InstanceVerb<S, R, "ingest"> {
  const inner = instanceIngest(action, "agent", input, async (write) => {
    const told: { projectId: string; topics: string[] }[] = [];
    const answer = await body(write, (projectId, ...topics) => void told.push({ projectId, topics }));
    return { answer, told };
  });
  const verb = async (ctx: InstanceContext, raw: z.input<S>): Promise<R> => {
    const { answer, told } = await inner(ctx, raw);
    for (const { projectId, topics } of told) publishLive(projectId, topics);
    return answer;
  };
  return Object.assign(verb, {
    action: inner.action,
    kind: inner.kind,
    access: inner.access,
    input: inner.input,
    level: inner.level,
  });
}
