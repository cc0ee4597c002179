/** MLflow's model registry over the models domain: a version, an alias and a tag are the same things here. */
import { z } from "zod";
import { ModelName, type ModelView, type VersionView } from "@/server/domains/models/contract";
import { createModel, deleteModel, deleteModelTag, getModel, listModels, renameModel, setModelTag, updateModel } from "@/server/domains/models/service/models";
import { removeAlias, setAlias } from "@/server/domains/models/service/promotions";
import { deleteVersion, deleteVersionTag, getVersion, listVersions, registerVersion, setVersionTag, updateVersion } from "@/server/domains/models/service/versions";
import type { ProjectContext } from "@/server/platform/context";
import { Invalid, NotFound } from "@/server/platform/errors";
import { type Searched, searchOf } from "./registry-search";
import { type Rpc, rpc } from "./rpc";
import { hexOfUuid, Int4, Int64, RunId } from "./wire";

const Name = z.object({ name: z.string().min(1) });
const Version = Name.extend({ version: Int4 });
const Pair = z.object({ key: z.string().min(1), value: z.string().default("") });
const Page = z.object({ filter: z.string().default(""), max_results: Int64.default(100), page_token: z.string().optional(), order_by: z.union([z.array(z.string()), z.string().transform((one) => [one])]).default([]) });

const pairs = (record: Record<string, string>) => Object.entries(record).map(([key, value]) => ({ key, value }));
const asRecord = (list: readonly { key: string; value: string }[]) => Object.fromEntries(list.map(({ key, value }) => [key, value]));

export function wireVersion(view: VersionView): object {
  return {
    name: view.model, version: String(view.version), creation_timestamp: view.createdAt.getTime(), last_updated_timestamp: view.updatedAt.getTime(),
    current_stage: view.stage, description: view.description, source: view.source, status: "READY", run_link: "",
    ...(view.runId ? { run_id: hexOfUuid(view.runId) } : {}),
    ...(view.loggedModelId ? { model_id: view.loggedModelId } : {}),
    tags: pairs(view.tags), aliases: view.aliases,
  };
}

async function wireModel(ctx: ProjectContext, view: ModelView): Promise<object> {
  const { versions } = await listVersions(ctx, { name: view.name, limit: 1 });
  return {
    name: view.name, creation_timestamp: view.createdAt.getTime(), last_updated_timestamp: view.updatedAt.getTime(), description: view.description,
    latest_versions: versions.map(wireVersion), tags: pairs(view.tags), aliases: view.aliases.map(({ alias, version }) => ({ alias, version: String(version) })),
  };
}

const searchedModels: Searched<ModelView> = {
  texts: { name: (model) => model.name },
  numbers: {},
  tags: (model) => model.tags,
  sorts: {
    name: (model) => model.name, timestamp: (model) => model.updatedAt.getTime(), last_updated_timestamp: (model) => model.updatedAt.getTime(),
    creation_timestamp: (model) => model.createdAt.getTime(),
  },
  order: ["name ASC"],
  ties: ["name ASC"],
};

const searchedVersions: Searched<VersionView> = {
  texts: { name: (version) => version.model, run_id: (version) => version.runId && hexOfUuid(version.runId), source_path: (version) => version.source },
  numbers: { version_number: (version) => version.version },
  tags: (version) => version.tags,
  sorts: {
    name: (version) => version.model, version_number: (version) => version.version,
    creation_timestamp: (version) => version.createdAt.getTime(), last_updated_timestamp: (version) => version.updatedAt.getTime(),
  },
  order: ["last_updated_timestamp DESC", "name ASC", "version_number DESC"],
  ties: ["name ASC", "version_number DESC"],
};

/** What is deleted while it is read is not there. */
async function unlessGone<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof NotFound) return null;
    throw error;
  }
}

/** Those that the names of a search leave; one by its name, else all in turn. */
async function candidates(ctx: ProjectContext, { name, fitsName }: { name: string | null; fitsName(name: string): boolean }): Promise<ModelView[]> {
  if (name !== null) {
    const model = ModelName.safeParse(name).success ? await unlessGone(getModel(ctx, { name })) : null;
    return model && fitsName(model.name) ? [model] : [];
  }
  const found: ModelView[] = [];
  for (let after: string | null = null; ; ) {
    const page: { models: ModelView[]; next: string | null } = await listModels(ctx, { after, limit: 1_000 });
    found.push(...page.models.filter((model) => fitsName(model.name)));
    if (page.next === null) return found;
    after = page.next;
  }
}

async function everyVersion(ctx: ProjectContext, name: string): Promise<VersionView[]> {
  const found: VersionView[] = [];
  for (let before: number | null = null; ; ) {
    const page: { versions: VersionView[]; next: number | null } | null = await unlessGone(listVersions(ctx, { name, before, limit: 1_000 }));
    found.push(...(page?.versions ?? []));
    if (!page || page.next === null) return found;
    before = page.next;
  }
}

async function searchModels(ctx: ProjectContext, request: z.output<typeof Page>): Promise<object> {
  const search = searchOf(searchedModels, request);
  const { page, next } = search.pageOf(await candidates(ctx, search), Math.min(1_000, Math.max(1, request.max_results)));
  const wired = await Promise.all(page.map((model) => wireModel(ctx, model)));
  return { ...(wired.length > 0 ? { registered_models: wired } : {}), ...(next ? { next_page_token: next } : {}) };
}

/** Of a page; who asks for more gets the rest by its token. */
const versionsAtMost = 10_000;
const VersionPage = Page.extend({ max_results: Int64.default(versionsAtMost).refine((n) => n >= 1 && n <= 200_000, "between 1 and 200000") });

async function searchVersions(ctx: ProjectContext, request: z.output<typeof VersionPage>): Promise<object> {
  const search = searchOf(searchedVersions, request);
  const found: VersionView[] = [];
  for (const { name } of await candidates(ctx, search)) found.push(...(await everyVersion(ctx, name)));
  const { page, next } = search.pageOf(found, Math.min(versionsAtMost, request.max_results));
  return { ...(page.length > 0 ? { model_versions: page.map(wireVersion) } : {}), ...(next ? { next_page_token: next } : {}) };
}

const Alias = Name.extend({ alias: z.string().min(1) });

async function versionByAlias(ctx: ProjectContext, request: z.output<typeof Alias>): Promise<object> {
  const model = await getModel(ctx, { name: request.name });
  const held = model.aliases.find((item) => item.alias === request.alias);
  if (!held) throw new Invalid(`Registered model alias ${request.alias} not found.`, { field: "alias" });
  return { model_version: wireVersion(await getVersion(ctx, { name: request.name, version: held.version })) };
}

const Latest = Name.extend({ stages: z.union([z.array(z.string()), z.string().transform((stage) => [stage])]).default([]) });

/** Every version is in the stage `None` here (aliases say what is live): of any other stage there is none. */
async function latestVersions(ctx: ProjectContext, { name, stages }: z.output<typeof Latest>): Promise<object> {
  const { versions } = await listVersions(ctx, { name, limit: 1 });
  const isWanted = stages.length === 0 || stages.some((stage) => stage.toLowerCase() === "none");
  return isWanted && versions.length > 0 ? { model_versions: versions.map(wireVersion) } : {};
}

export const registryRpcs: Rpc[] = [
  rpc("POST", "/registered-models/create", Name.extend({ description: z.string().default(""), tags: z.array(Pair).default([]) }), async (ctx, request) => ({
    registered_model: await wireModel(ctx, await createModel(ctx, { name: request.name, description: request.description, tags: asRecord(request.tags) })),
  })),
  rpc("GET", "/registered-models/get", Name, async (ctx, request) => ({ registered_model: await wireModel(ctx, await getModel(ctx, request)) })),
  rpc("POST", "/registered-models/rename", Name.extend({ new_name: z.string().min(1) }), async (ctx, request) => ({
    registered_model: await wireModel(ctx, await renameModel(ctx, { name: request.name, newName: request.new_name })),
  })),
  rpc("PATCH", "/registered-models/update", Name.extend({ description: z.string().default("") }), async (ctx, request) => ({ registered_model: await wireModel(ctx, await updateModel(ctx, request)) })),
  rpc("DELETE", "/registered-models/delete", Name, async (ctx, request) => deleteModel(ctx, request)),
  rpc("GET", "/registered-models/search", Page, searchModels),
  rpc("POST", "/registered-models/set-tag", Name.extend(Pair.shape), async (ctx, request) => setModelTag(ctx, request)),
  rpc("DELETE", "/registered-models/delete-tag", Name.extend({ key: z.string() }), async (ctx, request) => deleteModelTag(ctx, request)),
  rpc("POST", "/registered-models/get-latest-versions", Latest, latestVersions),
  rpc("GET", "/registered-models/get-latest-versions", Latest, latestVersions),
  rpc("POST", "/registered-models/alias", Alias.extend({ version: Version.shape.version }), async (ctx, request) => setAlias(ctx, request)),
  rpc("DELETE", "/registered-models/alias", Alias, async (ctx, request) => removeAlias(ctx, request)),
  rpc("GET", "/registered-models/alias", Alias, versionByAlias),
  rpc(
    "POST",
    "/model-versions/create",
    Name.extend({ source: z.string().min(1), run_id: RunId.nullish(), model_id: z.string().nullish(), description: z.string().default(""), tags: z.array(Pair).default([]) }),
    async (ctx, request) => ({
      model_version: wireVersion(
        await registerVersion(ctx, { name: request.name, source: request.source, runId: request.run_id ?? null, loggedModelId: request.model_id || null, description: request.description, tags: asRecord(request.tags) }),
      ),
    }),
  ),
  rpc("GET", "/model-versions/get", Version, async (ctx, request) => ({ model_version: wireVersion(await getVersion(ctx, request)) })),
  rpc("PATCH", "/model-versions/update", Version.extend({ description: z.string().default("") }), async (ctx, request) => ({ model_version: wireVersion(await updateVersion(ctx, request)) })),
  rpc("DELETE", "/model-versions/delete", Version, async (ctx, request) => deleteVersion(ctx, request)),
  rpc("GET", "/model-versions/search", VersionPage, searchVersions),
  rpc("GET", "/model-versions/get-download-uri", Version, async (ctx, request) => ({ artifact_uri: (await getVersion(ctx, request)).source })),
  rpc("POST", "/model-versions/set-tag", Version.extend(Pair.shape), async (ctx, request) => setVersionTag(ctx, request)),
  rpc("DELETE", "/model-versions/delete-tag", Version.extend({ key: z.string() }), async (ctx, request) => deleteVersionTag(ctx, request)),
];
