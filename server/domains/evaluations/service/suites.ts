import { createHash } from "node:crypto";
import { canonicalJson } from "@/server/platform/audit/chain";
import type { Db } from "@/server/platform/db";
import { NotFound } from "@/server/platform/errors";
import { mutation, query } from "@/server/platform/mutation";
import { putSearchEntry } from "@/server/platform/search";
import { ApplySuiteInput, ListSuitesInput, type SuiteDetail, SuiteRef, type SuiteView } from "../contract/evaluation";
import { findSuite, listCurrentSuites, listVersions, putSuite, type SuiteRow } from "../store/suites";

const viewOf = ({ projectId: _, ...row }: SuiteRow): SuiteView => row;

/** A version by number, or the current one. */
export async function requireSuite(db: Db, projectId: string, name: string, version: number | null): Promise<SuiteRow> {
  const row = await findSuite(db, projectId, name, version);
  if (!row) throw new NotFound(`There is no suite ${name}${version === null ? "" : ` version ${version}`}.`);
  return row;
}

/** The names of the suites that ask about a dataset, newest first. */
export async function listSuitesOn(db: Db, projectId: string, dataset: string): Promise<string[]> {
  const suites = (await listCurrentSuites(db, projectId)).filter(({ definition }) => definition.dataset === dataset);
  return suites.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime()).map(({ name }) => name);
}

/** The same content is the same version; other content is a new one, and earlier evaluations keep theirs. */
export const applySuite = mutation("evaluations.applySuite", "member", ApplySuiteInput, async (write) => {
  const { tx, ctx, input, subject, publish, link } = write;
  const { definition } = input;
  const contentSha256 = createHash("sha256").update(canonicalJson(definition)).digest("hex");
  const { row, change } = await putSuite(tx, ctx.project.id, { definition, contentSha256, appliedBy: ctx.actor.name });
  subject({ kind: "suite", id: row.id, name: row.name }, { version: row.version, change });
  if (change !== "unchanged") {
    const entry = { title: row.name, detail: definition.description, path: "/evaluations" };
    await putSearchEntry(tx, ctx.project.id, { kind: "suite", objectId: row.name, ...entry });
    await link({
      from: { kind: "suite", id: row.id },
      to: { kind: "dataset definition", id: definition.dataset },
      relation: "asks about",
    });
    publish("suites", `suite:${row.name}`);
  }
  return { ...viewOf(row), change };
});

export const listSuites = query("evaluations.listSuites", "viewer", ListSuitesInput, async ({ db, ctx }) =>
  (await listCurrentSuites(db, ctx.project.id)).map(viewOf),
);

export const getSuite = query(
  "evaluations.getSuite",
  "viewer",
  SuiteRef,
  async ({ db, ctx, input }): Promise<SuiteDetail> => {
    const row = await requireSuite(db, ctx.project.id, input.name, input.version);
    const versions = await listVersions(db, ctx.project.id, row.name);
    return {
      ...viewOf(row),
      versions: versions.map(({ version, isCurrent, appliedBy, createdAt }) => ({
        version,
        isCurrent,
        appliedBy,
        createdAt,
      })),
    };
  },
);
