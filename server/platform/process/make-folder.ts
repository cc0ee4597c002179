import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";

/** mkdir -p, one folder after the other: Node's own never returns where a file system answers ENOENT (below /proc). */
export function makeFolder(path: string, mode = 0o755): void {
  const missing: string[] = [];
  for (let at = path; !existsSync(at) && at !== dirname(at); at = dirname(at)) missing.unshift(at);
  for (const folder of missing) mkdirSync(folder, { mode });
}
