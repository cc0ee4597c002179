/** What was done upstream of a model between two moments of the server's clock, from the audit. */
import { and, desc, eq, gte, inArray, like, lte, notInArray, or, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { auditLog } from "@/drizzle/schema/platform";
import { subjectPath } from "@/server/platform/audit/named";
import type { Db } from "@/server/platform/db";
import type { ChangeView } from "../contract/alert";
import type { Upstream } from "./upstream";

/** What can change an endpoint's traffic, its answers or how they are judged; runs, jobs and evaluations can't. */
const upstreamActions = ["catalog.%", "models.%", "monitoring.applyMonitor", "monitoring.resetMonitor", "monitoring.%Replay"];
/** Done all the time by a stream itself, without an effect on what answers, or told by another row of the same request. */
const routine = ["catalog.materializeOnline", "catalog.advanceOnline", "catalog.pushRows", "catalog.checkSkew", "catalog.applyFiles", "models.judgeVersion", "models.registerVersion"];

const Applied = z.looseObject({ changed: z.array(z.looseObject({ kind: z.string(), name: z.string() })) });

type Row = { kind: string | null; name: string | null; id: string | null; details: unknown; path: string | null };
type Subject = Pick<ChangeView, "subject" | "details" | "path">;

const definitionPath = ({ kind, name }: { kind: string; name: string }): string =>
  kind === "source" ? `/catalog/sources/${name}` : kind === "feature_view" ? `/catalog/views/${name}` : `/catalog?find=${name}`;

/** One row an applied definition that lies upstream; of any other action what it was about. */
function subjectsOf({ kind, name, id, details, path }: Row, { catalog }: Upstream): Subject[] {
  if (kind !== "catalog") return [{ subject: name ?? id ?? "", details, path }];
  const { changed } = Applied.safeParse(details).data ?? { changed: [] };
  return changed
    .filter((one) => catalog.some((other) => other.kind === one.kind && other.name === one.name))
    .map((one) => ({ subject: `${one.kind.replaceAll("_", " ")} ${one.name}`, details: null, path: definitionPath(one) }));
}

function isUpstream({ modelId, monitors, replays, catalog }: Upstream): SQL | undefined {
  const about = (kind: string, names: readonly string[]) => (names.length === 0 ? undefined : and(eq(auditLog.subjectKind, kind), inArray(auditLog.subjectName, [...names])));
  const named = (kind: string) => about(kind, catalog.filter((one) => one.kind === kind).map((one) => one.name));
  return or(
    and(eq(auditLog.subjectKind, "model"), eq(auditLog.subjectId, modelId)),
    about("monitor", monitors),
    about("replay", replays),
    and(eq(auditLog.subjectKind, "catalog"), sql`${auditLog.details}->'changed' @> any(${sql.param(catalog.map((one) => JSON.stringify([one])))}::text[]::jsonb[])`),
    ...["dataset", "source", "feature_view"].map(named),
  );
}

export async function listChangesUpstream(db: Db, projectId: string, upstream: Upstream, from: Date, to: Date, limit: number): Promise<ChangeView[]> {
  const rows = await db
    .select({ at: auditLog.at, what: auditLog.action, who: auditLog.actorName, whoKind: auditLog.actorKind, kind: auditLog.subjectKind, name: auditLog.subjectName, id: auditLog.subjectId, details: auditLog.details, path: subjectPath })
    .from(auditLog)
    .where(and(eq(auditLog.projectId, projectId), gte(auditLog.at, from), lte(auditLog.at, to), or(...upstreamActions.map((pattern) => like(auditLog.action, pattern))), notInArray(auditLog.action, routine), isUpstream(upstream)))
    .orderBy(desc(auditLog.id))
    .limit(limit);
  return rows.flatMap((row) => subjectsOf(row, upstream).map((subject) => ({ at: row.at, what: row.what, who: row.who, whoKind: row.whoKind, kind: row.kind ?? "", id: row.id, ...subject }))).slice(0, limit);
}
