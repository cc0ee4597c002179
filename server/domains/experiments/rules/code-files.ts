/** Which of a run's files are code, and which say what it ran in; judged by their names. Pure. */

const environment = /^(requirements[\w.-]*\.txt|constraints\.txt|conda\.ya?ml|environment\.ya?ml|python_env\.ya?ml|pip[-_]?freeze\.txt|pyproject\.toml|poetry\.lock|uv\.lock|Pipfile(\.lock)?|Dockerfile)$/i;
const code = /\.(py|ipynb|r|jl|sh|sql|scala|java|cpp|cc|c|h|cu|rs|go|ts|js|patch|diff)$/i;

const nameOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);

export const isEnvironmentFile = (path: string): boolean => environment.test(nameOf(path));

/** Everything below a folder `code`, which clients use for it, and source files near the root. */
export const isCodeFile = (path: string): boolean => !isEnvironmentFile(path) && (/(^|\/)code\//.test(path) || (code.test(path) && path.split("/").length <= 3));

/** The text of a file, or null where it is none: bytes that are no UTF-8, or have a NUL. */
export function textOf(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Where what is submitted with a command stands among its run's artifacts. */
export const submittedPaths = { codeSha256: "code/source.tar.gz", changesSha256: "code/changes.diff", requirementsSha256: "code/requirements.txt" } as const;
