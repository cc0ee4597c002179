/** What an audit row is about, for reading: its name, and where it stands in the portal while it exists. */
import { type SQL, sql } from "drizzle-orm";
import { auditLog } from "@/drizzle/schema/platform";

/** As a key into a table, so that its index is used; a case, for the cast must not meet other ids. */
const subjectUuid = sql`case when ${auditLog.subjectId} ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then ${auditLog.subjectId}::uuid end`;

/** By the name at the time; rows from before names were kept have a person's id alone. */
export const subjectName: SQL<string | null> = sql<string | null>`coalesce(${auditLog.subjectName},
  case when ${auditLog.subjectKind} = 'user' then (select u.name from users u where u.id = ${subjectUuid}) end)`;

const entryPath = (holds: SQL): SQL => sql`(select s.path from search_entries s
  where s.project_id = ${auditLog.projectId} and s.kind = replace(${auditLog.subjectKind}, '_', ' ') and ${holds} limit 1)`;

/** Within its project; null of what was removed, and of what has no page. Monitors are audited by name. */
export const subjectPath: SQL<string | null> = sql<string | null>`coalesce(
  ${entryPath(sql`s.object_id in (${auditLog.subjectId}, ${auditLog.subjectName})`)},
  case when ${auditLog.subjectKind} = 'monitor' then ${entryPath(sql`s.title = ${auditLog.subjectName}`)} end)`;
