/** The local agent's one-time right to register; null when it is enrolled. */
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { createEnrolmentToken } from "@/server/domains/compute/service/enrol-agent";
import { systemInstanceContext } from "@/server/platform/context";

const Enrolled = z.looseObject({ agentId: z.string(), url: z.string() });

/** An identity without an agent id was made by an agent that never reached the server: it still needs a token. */
function readEnrolled(path: string): z.infer<typeof Enrolled> | null {
  try {
    return Enrolled.safeParse(JSON.parse(readFileSync(path, "utf8"))).data ?? null;
  } catch {
    return null;
  }
}

/** An agent shows its identity only to the server it was made for; this is the same one, behind another port. */
export function keepIdentity(folder: string, url: string): boolean {
  const path = join(folder, "agent", "identity.json");
  const identity = readEnrolled(path);
  if (identity && identity.url !== url) {
    writeFileSync(`${path}.new`, JSON.stringify({ ...identity, url }), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  }
  return identity !== null;
}

export async function mintEnrolment(folder: string, url: string): Promise<string | null> {
  if (keepIdentity(folder, url)) return null;
  return (await createEnrolmentToken(systemInstanceContext("first start"), {})).token;
}
