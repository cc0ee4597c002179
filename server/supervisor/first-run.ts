/** What an installation needs once: a project, its tokens, and the file with which scripts connect. */
import { eq } from "drizzle-orm";
import { projects } from "@/drizzle/schema/identity";
import { appendAudit } from "@/server/platform/audit/append";
import { systemInstanceContext } from "@/server/platform/context";
import { database, type Tx } from "@/server/platform/db";
import { publicUrl } from "@/server/platform/env";
import { resolveApiToken } from "@/server/platform/identity/resolve-token";
import { hashToken } from "@/server/platform/identity/secrets";
import { createProject } from "@/server/platform/identity/service/projects";
import { insertToken } from "@/server/platform/identity/service/tokens";
import { readConnectFile, writeConnectFile } from "./secrets";

export type FirstProject = { slug: string; name: string; description: string };

async function ensureProject(first: FirstProject): Promise<typeof projects.$inferSelect> {
  const [existing] = await database().select().from(projects).orderBy(projects.createdAt).limit(1);
  if (existing) return existing;
  await createProject(systemInstanceContext("first start"), first);
  const [made] = await database().select().from(projects).where(eq(projects.slug, first.slug));
  if (!made) throw new Error("the first project was not made");
  return made;
}

async function isAlive(token: string | undefined): Promise<boolean> {
  return token !== undefined && (await resolveApiToken(database(), hashToken(token))) !== null;
}

async function mint(tx: Tx, project: typeof projects.$inferSelect | null, name: string): Promise<string> {
  const kind = project ? "project" : "admin";
  const scopes = project ? ["read", "write", "manage"] : [];
  const made = await insertToken(tx, { kind, projectId: project?.id ?? null, userId: null, name, scopes, expiresInDays: null });
  const ctx = systemInstanceContext("first start");
  const token = { kind: "token", id: made.tokenId, name };
  await appendAudit(tx, ctx, "identity.createToken", token, { scopes, kind });
  // The row above stands in the installation's chain; the project's people read their own.
  if (project) await appendAudit(tx, { ...ctx, project, role: "owner" }, "identity.createToken", token, { scopes, kind });
  return made.token;
}

/** Makes what is missing, and rewrites connect.env for today's URL. */
export async function ensureFirstRun(
  folder: string,
  first: FirstProject,
): Promise<{ project: string; connect: Record<string, string> }> {
  const project = await ensureProject(first);
  const known = readConnectFile(folder);
  const { token, adminToken } = await database().transaction(async (tx) => ({
    token: (await isAlive(known.SLIPWAY_TOKEN))
      ? (known.SLIPWAY_TOKEN ?? "")
      : await mint(tx, project, "connect.env"),
    adminToken: (await isAlive(known.SLIPWAY_ADMIN_TOKEN))
      ? (known.SLIPWAY_ADMIN_TOKEN ?? "")
      : await mint(tx, null, "connect.env admin"),
  }));
  const url = publicUrl();
  const connect = {
    SLIPWAY_URL: url,
    SLIPWAY_PROJECT: project.slug,
    SLIPWAY_TOKEN: token,
    MLFLOW_TRACKING_URI: url,
    MLFLOW_TRACKING_TOKEN: token,
    SLIPWAY_ADMIN_TOKEN: adminToken,
  };
  writeConnectFile(folder, connect);
  return { project: project.slug, connect };
}
