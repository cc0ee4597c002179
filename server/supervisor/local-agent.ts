/** The local agent's identity, and its one-time right to register. */
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { z } from "zod";
import { computeAgents } from "@/drizzle/schema/compute";
import { createEnrolmentToken } from "@/server/domains/compute/service/enrol-agent";
import { systemInstanceContext } from "@/server/platform/context";
import { database } from "@/server/platform/db";

const Enrolled = z.looseObject({ agentId: z.uuid(), url: z.string() });

function readEnrolled(path: string): z.infer<typeof Enrolled> | null {
  try {
    return Enrolled.safeParse(JSON.parse(readFileSync(path, "utf8"))).data ?? null;
  } catch {
    return null;
  }
}

/** An agent shows its identity only to the server it was made for; this is the same one, behind another port. */
export function keepIdentity(folder: string, url: string): string | null {
  const path = join(folder, "agent", "identity.json");
  const identity = readEnrolled(path);
  if (identity && identity.url !== url) {
    writeFileSync(`${path}.new`, JSON.stringify({ ...identity, url }), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  }
  return identity?.agentId ?? null;
}

export type Enrolment = { isWanted: boolean; token: string | null };

/** The token where this database does not know the agent; not wanted is one that somebody removed. */
export async function enrolLocalAgent(folder: string, url: string): Promise<Enrolment> {
  const agentId = keepIdentity(folder, url);
  const [known] = agentId === null ? [] : await database().select({ removedAt: computeAgents.removedAt }).from(computeAgents).where(eq(computeAgents.id, agentId));
  if (known) return { isWanted: known.removedAt === null, token: null };
  return { isWanted: true, token: (await createEnrolmentToken(systemInstanceContext("first start"), {})).token };
}
