/** From a folder's files to a recipe: its definition, refused by file, line and field; pure. */
import { LineCounter, parseDocument } from "yaml";
import { parseFiles } from "@/server/domains/catalog/rules/parse-files";
import { Invalid } from "@/server/platform/errors";
import { fieldOf, issueWords } from "@/server/platform/issues/rules/issue-words";
import type { RecipeDefinition } from "../../contract/recipe";
import { CheckedRecipe } from "./checked-recipe";
import type { SourceFile } from "./pack-code";

const recipeFile = "recipe.yaml";
const requirementsFile = "requirements.txt";
const textAtMost = 200_000;

export type RecipeFolder = { definition: RecipeDefinition; files: SourceFile[]; requirements: Buffer | null };

function refuse(file: string, message: string, field = file): never {
  throw new Invalid(`${file}: ${message}`, { field, file });
}

/** What macOS puts beside a folder in its zips is no part of it. */
const isOfFolder = ({ path }: SourceFile) => !path.startsWith("__MACOSX/");

const below = (files: readonly SourceFile[], folder: string): SourceFile[] =>
  files.flatMap((file) => (file.path.startsWith(`${folder}/`) ? [{ ...file, path: file.path.slice(folder.length + 1) }] : []));

/** The folder with recipe.yaml: all of it, or the only folder in it. */
function recipeRoot(all: readonly SourceFile[]): SourceFile[] {
  const files = all.filter(isOfFolder);
  if (files.some(({ path }) => path === recipeFile)) return files;
  const tops = new Set(files.map(({ path }) => path.split("/", 1)[0] ?? ""));
  const [top] = tops;
  const inside = tops.size === 1 && top !== undefined ? below(files, top) : [];
  if (inside.some(({ path }) => path === recipeFile)) return inside;
  const elsewhere = files.map(({ path }) => path).filter((path) => path.endsWith(`/${recipeFile}`)).sort();
  const hint = elsewhere[0] ? ` There is one at ${elsewhere[0]}: name its folder, or pack only that.` : "";
  throw new Invalid(`There is no ${recipeFile} at the root, nor in one folder that holds everything.${hint}`, { field: "folder" });
}

/** The folder itself, or one inside that is named. */
export function folderOf(files: readonly SourceFile[], folder: string): SourceFile[] {
  const clean = folder.replace(/^\.?\/+|\/+$/g, "");
  if (clean === "" || clean === ".") return recipeRoot(files);
  const inside = below(files, clean);
  if (inside.length === 0) throw new Invalid(`There is no folder ${clean}.`, { field: "folder" });
  return recipeRoot(inside);
}

/** Text as UTF-8; what is not is refused, never mended. */
function textOf({ path, content }: SourceFile): string {
  if (content.length > textAtMost) refuse(path, `${content.length} bytes; at most ${textAtMost} are taken.`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch {
    return refuse(path, "it is not UTF-8.");
  }
}

/** Where a field stands: its own line, or that of the nearest thing around it that is written. */
function lineOf(text: string, path: readonly PropertyKey[]): number {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, schema: "core", uniqueKeys: false, logLevel: "silent" });
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    const range = typeof node === "object" && node !== null && "range" in node && Array.isArray(node.range) ? node.range : null;
    if (range) return lines.linePos(Number(range[0])).line;
  }
  return 1;
}

function definitionOf(text: string): RecipeDefinition {
  const documents = parseFiles({ [recipeFile]: text });
  const [document] = documents;
  if (!document || documents.length > 1) return refuse(recipeFile, `${documents.length} documents, where one is expected.`);
  const parsed = CheckedRecipe.safeParse(document.content, { error: issueWords });
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.slice(0, 20).map((issue) => ({ line: lineOf(text, fieldOf(issue)), field: fieldOf(issue).join("."), message: issue.message }));
  const [first] = faults;
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : "";
  throw new Invalid(`${recipeFile}, line ${first?.line ?? 1}: ${first?.field || "the document"}: ${first?.message ?? "not a recipe"}${more}`, { field: first?.field || recipeFile, file: recipeFile, faults });
}

/** An agent installs by hashes only: what has none would be refused there, minutes later. */
function assertHashes(text: string): void {
  const joined = text.replace(/\\\r?\n/g, (end) => " ".padEnd(end.length));
  const bare = joined.split(/\r?\n/).find((line) => line.trim() !== "" && !/^\s*[#-]/.test(line) && !line.includes("--hash="));
  if (bare === undefined) return;
  const line = text.slice(0, joined.indexOf(bare)).split("\n").length;
  refuse(requirementsFile, `line ${line}: ${JSON.stringify(bare.trim().slice(0, 100))} has no hash. Make a lock with hashes: \`uv pip compile --generate-hashes\`.`);
}

/** `folder`: where in the files the recipe lies; empty for the root or the only folder. */
export function readRecipeFolder(all: readonly SourceFile[], folder = ""): RecipeFolder {
  const files = folderOf(all, folder);
  const recipe = files.find(({ path }) => path === recipeFile);
  if (!recipe) throw new Error("a recipe's folder without its recipe.yaml");
  const definition = definitionOf(textOf(recipe));
  const stated = files.find(({ path }) => path === requirementsFile);
  if (stated) assertHashes(textOf(stated));
  return { definition, files, requirements: stated?.content ?? null };
}
