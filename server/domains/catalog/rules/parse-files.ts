/** Files of definitions (YAML or JSON, SQL beside them) as documents: pure, bounded, and refused by file and line. */
import { posix } from "node:path";
import { CST, isMap, isScalar, Lexer, Parser, parseAllDocuments, visit } from "yaml";
import { Invalid } from "@/server/platform/errors";

export type ParsedDocument = { path: string; index: number; content: Record<string, unknown> };

/** Parsing takes about 2 s a million characters, on the event loop. */
const maxParsed = 500_000;
const maxDocuments = 1_000;
/** Each level of nesting takes one or two places on the parser's stack. */
const maxDepth = 64;

const isDocumentFile = (path: string) => /\.(ya?ml|json)$/.test(path);

function refuse(path: string, message: string): never {
  throw new Invalid(`${path}: ${message}`, { field: `files.${path}` });
}

/**
 * Lexer and CST parser are linear and keep a stack of their own; what composes the document after them recurses, and a stack that
 * overflows inside it can end the process. Explicit keys (`? ? ?`) take it exponential time, aliases grow without bound. Definitions
 * need none of that, so it is refused before.
 */
function assertPlain(path: string, text: string): void {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    const type = CST.tokenType(lexeme);
    if (type === "explicit-key-ind") refuse(path, "explicit keys (? key) are not taken.");
    if (type === "alias" || type === "anchor")
      refuse(path, `anchors and aliases (${lexeme.slice(0, 40)}) are not taken: write the value out.`);
    if (type === "tag") refuse(path, `tags (${lexeme.slice(0, 40)}) are not taken.`);
    // Tokens come out when their document ends; only the depth on the way is of interest here.
    for (const _ of parser.next(lexeme));
    if (parser.stack.length > maxDepth) refuse(path, "it nests too deeply.");
  }
}

type YamlDocument = ReturnType<typeof parseAllDocuments>[number];

/** The library's own check for repeated keys compares each with each. */
function assertUniqueKeys(path: string, document: YamlDocument): void {
  visit(document, {
    Map: (_, map) => {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        const name = isScalar(key) ? key.value : key;
        if (name === "__proto__" || seen.has(name))
          refuse(path, `the key ${String(name)} stands twice, or can't be one.`);
        seen.add(name);
      }
    },
  });
}

function contentOf(path: string, document: YamlDocument): Record<string, unknown> {
  const [error] = document.errors;
  if (error) refuse(path, error.message.split("\n", 1)[0] ?? "it does not parse.");
  if (!isMap(document.contents)) refuse(path, "a document is expected to be a mapping with a kind.");
  assertUniqueKeys(path, document);
  return document.toJS({ maxAliasCount: 0 }) as Record<string, unknown>;
}

function parseFile(path: string, text: string): ParsedDocument[] {
  assertPlain(path, text);
  const documents = [...parseAllDocuments(text, { schema: "core", uniqueKeys: false, logLevel: "silent" })];
  const isEmpty = ({ contents, errors }: YamlDocument) =>
    errors.length === 0 && (contents === null || (isScalar(contents) && contents.value === null));
  return documents.flatMap((document, index) =>
    isEmpty(document) ? [] : { path, index, content: contentOf(path, document) },
  );
}

const sizeOf = (files: Readonly<Record<string, string>>, paths: readonly string[]) =>
  paths.reduce((sum, path) => sum + (files[path] ?? "").length, 0);

/** Every document of every YAML or JSON file, by path and place in it; other files are only there to be named. */
export function parseFiles(files: Readonly<Record<string, string>>): ParsedDocument[] {
  const paths = Object.keys(files).filter(isDocumentFile).sort();
  const size = sizeOf(files, paths);
  if (size > maxParsed)
    throw new Invalid(`files: ${size} characters of YAML and JSON; at most ${maxParsed} are taken.`, {
      field: "files",
    });
  const documents = paths.flatMap((path) => parseFile(path, files[path] ?? ""));
  if (documents.length > maxDocuments) {
    throw new Invalid(`files: ${documents.length} documents; at most ${maxDocuments} are taken.`, { field: "files" });
  }
  return documents;
}

/** The text of the file that a document's `sql` names, looked for beside the document; null where it names none. */
export function sqlBeside(files: Readonly<Record<string, string>>, { path, content }: ParsedDocument): string | null {
  if (typeof content.sql !== "string") return null;
  const beside = posix.join(posix.dirname(path), content.sql);
  const text = Object.hasOwn(files, beside) ? files[beside] : undefined;
  return text ?? refuse(path, `sql names ${content.sql}, which is not among the files (${beside}).`);
}
