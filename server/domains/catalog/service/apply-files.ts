/** Definitions as people keep them: a folder of YAML with SQL beside it. Clients without a YAML parser send the texts. */
import { z } from "zod";
import { Invalid } from "@/server/platform/errors";
import { mutation, query } from "@/server/platform/mutation";
import type { Definition } from "../contract/definition";
import { type ParsedDocument, parseFiles, sqlBeside } from "../rules/parse-files";
import { applyDefinitions, definitionsWord } from "./apply-definitions";

const isCleanPath = (path: string) =>
  !path.includes("\\") && path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
const FilePath = z.string().min(1).max(300).refine(isCleanPath, "a clean relative path");
export const FilesInput = z.object({
  /** Text by path: `{"features/origin.yaml": "kind: …", "features/origin.sql": "select …"}`. */
  files: z
    .record(FilePath, z.string().max(200_000))
    .refine((files) => Object.keys(files).length <= 500, "at most 500 files"),
});

/** The same fault with the file that has it: a field such as `definitions.3.definition.ttl` says nothing to its author. */
function namingFile(error: unknown, documents: readonly ParsedDocument[]): unknown {
  const place =
    error instanceof Invalid ? /^definitions\.(\d+)\.definition\.?(.*)$/.exec(error.detail.field ?? "") : null;
  const document = documents[Number(place?.[1])];
  if (!(error instanceof Invalid) || !place || !document) return error;
  const { path, content } = document;
  const what =
    [content.kind, content.name].filter((part) => typeof part === "string").join(" ") || "a document without kind";
  const message = error.message.replace(/^definitions\.\d+\.definition\.?/, "");
  return new Invalid(`${path}: ${what}: ${message}`, { ...error.detail, field: place[2] || "kind", file: path });
}

type Applicable = z.input<typeof Definition>;

/** Applies every definition of the files, or none. */
export const applyFiles = mutation("catalog.applyFiles", "member", FilesInput, async (write) => {
  const { input, subject } = write;
  const documents = parseFiles(input.files);
  if (documents.length === 0)
    throw new Invalid("files: there is no YAML or JSON document among them.", { field: "files" });
  const definitions = documents.map((document) => ({
    definition: document.content as Applicable,
    sqlText: sqlBeside(input.files, document),
  }));
  subject(
    { kind: "catalog", id: "files", name: definitionsWord(documents.length) },
    { files: Object.keys(input.files).sort() },
  );
  try {
    return await applyDefinitions.within(write, { definitions });
  } catch (error) {
    throw namingFile(error, documents);
  }
});

/** What files say, for verbs that take one document as JSON (a suite, a recipe, a monitor). Writes nothing. */
export const parseDocuments = query("catalog.parseDocuments", "viewer", FilesInput, async ({ input }) => ({
  documents: parseFiles(input.files),
}));
