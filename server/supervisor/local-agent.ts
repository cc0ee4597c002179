/** The local agent's one-time right to register; null when it is enrolled. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { createEnrolmentToken } from "@/server/domains/compute/service/enrol-agent";
import { systemInstanceContext } from "@/server/platform/context";

const Enrolled = z.object({ agentId: z.string() });

/** An identity without an agent id was made by an agent that never reached the server: it still needs a token. */
function isEnrolled(folder: string): boolean {
  try {
    return Enrolled.safeParse(JSON.parse(readFileSync(join(folder, "agent", "identity.json"), "utf8"))).success;
  } catch {
    return false;
  }
}

export async function mintEnrolment(folder: string): Promise<string | null> {
  if (isEnrolled(folder)) return null;
  return (await createEnrolmentToken(systemInstanceContext("first start"), {})).token;
}
