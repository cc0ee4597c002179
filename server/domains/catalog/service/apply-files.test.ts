import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { Forbidden, Invalid } from "@/server/platform/errors";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import { applyFiles, parseDocuments } from "./apply-files";
import { getDefinition, listDefinitions } from "./read-catalog";

const root = join(import.meta.dirname, "../../../../examples/flights");
const readFolder = (folder: string) =>
  readdirSync(join(root, folder))
    .filter((name) => /\.(yaml|sql)$/.test(name))
    .map((name) => [`${folder}/${name}`, readFileSync(join(root, folder, name), "utf8")]);
const example = Object.fromEntries(["sources", "features", "features-leaky", "datasets"].flatMap(readFolder));

const viewYaml = (name: string, feature: string) => `kind: feature_view\nname: ${name}\nentity: e\nsource: s\nsql: v.sql\nttl: 1h\nfeatures: [{ name: ${feature}, dtype: float64 }]`;
const twoViews = ["kind: entity\nname: e\nkey: key", "kind: source\nname: s\nfile: s.csv", viewYaml("v", "x"), viewYaml("w", "X")].join("\n---\n");

let a: TestProject;
beforeEach(async () => {
  a = await testProject();
});

describe("applyFiles", () => {
  it("applies the example's folders as they are, and a second time nothing", async () => {
    const { applied } = await applyFiles(a.ctx, { files: example });
    expect(applied).toHaveLength(17);
    expect(new Set(applied.map((item) => item.change))).toEqual(new Set(["created"]));
    const view = await getDefinition(a.ctx, { kind: "feature_view", name: "origin_delays" });
    expect(view).toMatchObject({ definition: { ttl: 7_200 }, sqlText: example["features/origin-delays.sql"] });
    const again = await applyFiles(a.ctx, { files: example });
    expect(new Set(again.applied.map((item) => item.change))).toEqual(new Set(["unchanged"]));
  });

  it.each([
    [
      "a bad field",
      { "d.yaml": "kind: entity\nname: ok\nkey: ok", "e.yaml": "kind: entity\nname: Airport\nkey: a" },
      "e.yaml: entity Airport: name: lower-case",
    ],
    ["an unknown kind", { "e.yaml": "kind: nothing\nname: x" }, "e.yaml: nothing x"],
    [
      "a reference to nowhere",
      { "s.yaml": "kind: source\nname: s\nfrom: [gone]\nsql: s.sql", "s.sql": "select 1" },
      "source s: from names the source gone",
    ],
    [
      "two statements",
      { "s.yaml": "kind: source\nname: s\nsql: s.sql", "s.sql": "select 1; select 2" },
      "one SELECT statement",
    ],
    ...["copy (select 1) to '/tmp/x'", "create table t as select 1", "pragma version", "call pragma_version()"].map((text): [string, Record<string, string>, string] => [
      `a statement that is no SELECT: ${text}`,
      { "s.yaml": "kind: source\nname: s\nsql: s.sql", "s.sql": text },
      "source s: its SQL is no SELECT",
    ]),
    ...[
      ["of two views", "views: [{ view: v }, { view: w }]", "X"],
      ["of one view twice", "views: [{ view: v }, { view: v, join: { key: other } }]", "x"],
      ["of a view and the request", "views: [{ view: v }]\nrequest: [{ name: x, dtype: float64 }]", "x"],
    ].map(([which, views, name]): [string, Record<string, string>, string] => [
      `two features of one name, ${which}`,
      { "all.yaml": `${twoViews}\n---\nkind: feature_service\nname: fs\n${views}`, "v.sql": "select 1" },
      `feature_service fs: two of its features are named ${name}.`,
    ]),
    ["no document", { "s.sql": "select 1" }, "no YAML or JSON document"],
  ])("refuses %s with nothing applied", async (_, files, message) => {
    const attempt = applyFiles(a.ctx, { files });
    await expect(attempt).rejects.toThrow(Invalid);
    await expect(attempt).rejects.toThrow(message);
    expect(await listDefinitions(a.ctx, {})).toEqual([]);
  });

  it("takes a view twice in one service, by two keys, for features of different names", async () => {
    const view = viewYaml("v", "x").replace("}]", "}, { name: y, dtype: float64 }]");
    const service = "kind: feature_service\nname: fs\nviews: [{ view: v, features: [x] }, { view: v, features: [y], join: { key: other } }]";
    const files = { "all.yaml": ["kind: entity\nname: e\nkey: key", "kind: source\nname: s\nfile: s.csv", view, service].join("\n---\n"), "v.sql": "select 1" };
    expect((await applyFiles(a.ctx, { files })).applied).toHaveLength(4);
  });

  it("takes clean relative paths only, and no viewer", async () => {
    for (const path of ["/abs.yaml", "../up.yaml", "a/../b.yaml", "a\\b.yaml"]) {
      await expect(applyFiles(a.ctx, { files: { [path]: "kind: entity" } }), path).rejects.toBeInstanceOf(Invalid);
    }
    await expect(applyFiles(await a.as("viewer"), { files: example })).rejects.toBeInstanceOf(Forbidden);
  });
});

describe("parseDocuments", () => {
  it("gives documents of any kind as JSON, to viewers too, and writes nothing", async () => {
    const files = {
      "suite.yaml": readFileSync(join(root, "suite.yaml"), "utf8"),
      "recipe.yaml": readFileSync(join(root, "recipes/train/recipe.yaml"), "utf8"),
    };
    const { documents } = await parseDocuments(await a.as("viewer"), { files });
    expect(documents.map(({ content }) => [content.kind, content.name])).toEqual([
      ["recipe", "train"],
      ["suite", "flight-delay"],
    ]);
    expect(await listDefinitions(a.ctx, {})).toEqual([]);
  });
});
