/** Artifact paths as clients send them: clean, relative, no way out of the project's root. */
import { Invalid } from "@/server/platform/errors";

const maxLength = 1_000;

/** A path below the root, or "" for the root itself. Refuses what any decoder could read as another folder. */
export function cleanArtifactPath(path: string): string {
  const refuse = (why: string): never => {
    throw new Invalid(`Invalid path: ${why}.`, { field: "path" });
  };
  if (path.length > maxLength) refuse(`longer than ${maxLength} characters`);
  if (/\p{Surrogate}|\p{Cc}|\\/u.test(path)) refuse("it has control characters or backslashes");
  if (/%(?:2e|2f|5c|00|25)/i.test(path)) refuse("it has an encoded dot, slash, backslash or percent sign");
  if (path.startsWith("/") || path.startsWith("~") || /^[a-z][a-z0-9+.-]*:/i.test(path)) refuse("it is not relative");
  const parts = path.replace(/\/+$/, "").split("/");
  if (path === "" || path === ".") return "";
  if (parts.some((part) => part === "" || part === "." || part === "..")) refuse("it has empty, '.' or '..' parts");
  return parts.join("/");
}

/** The path below the project's root of an `mlflow-artifacts:/…` URI; null for one that is kept elsewhere. */
export function pathOfArtifactUri(uri: string): string | null {
  const match = /^mlflow-artifacts:(?:\/\/[^/]*)?\/+(.*)$/.exec(uri);
  return match?.[1] === undefined ? null : cleanArtifactPath(match[1]);
}

export function joinArtifactPath(base: string, path: string): string {
  return [base, cleanArtifactPath(path)].filter(Boolean).join("/");
}
