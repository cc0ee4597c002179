/** Repositories on loopback, served by git's own `http-backend`; one whose name begins with `private` asks for the token. */
import { execFileSync, spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buffer } from "node:stream/consumers";
import { childEnvironment } from "../../../platform/env";

export const gitToken = "a token that is never kept";

const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.test", "-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false"];

function git(cwd: string, ...args: string[]): string {
  try {
    return execFileSync("git", [...identity, ...args], { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") throw new Error("These tests need git: install it, then run them again.");
    throw error;
  }
}

/** A CGI answer: headers, an empty line, the body. */
function answerOf(output: Buffer): { status: number; headers: Record<string, string>; body: Buffer } {
  const end = output.indexOf("\r\n\r\n");
  const lines = output.subarray(0, end).toString().split("\r\n").map((line) => line.split(/:\s*/, 2) as [string, string]);
  const headers = Object.fromEntries(lines.filter(([name]) => name !== "Status"));
  return { status: Number(lines.find(([name]) => name === "Status")?.[1]?.split(" ")[0] ?? 200), headers, body: output.subarray(end + 4) };
}

async function serve(root: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://git.test");
  const moved = /^\/moved\/(.*)$/.exec(url.pathname);
  if (moved) return void response.writeHead(301, { location: `/${moved[1]}${url.search}` }).end();
  const expected = `Basic ${Buffer.from(`x-access-token:${gitToken}`).toString("base64")}`;
  if (url.pathname.startsWith("/private") && request.headers.authorization !== expected) return void response.writeHead(401, { "www-authenticate": "Basic" }).end();
  const child = spawn("git", ["-c", "uploadpack.allowAnySHA1InWant=true", "http-backend"], {
    env: childEnvironment({
      GIT_PROJECT_ROOT: root, GIT_HTTP_EXPORT_ALL: "1", PATH_INFO: url.pathname, QUERY_STRING: url.search.slice(1), REQUEST_METHOD: request.method ?? "GET",
      CONTENT_TYPE: request.headers["content-type"] ?? "", GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
    }),
  });
  request.pipe(child.stdin);
  const { status, headers, body } = answerOf(await buffer(child.stdout));
  response.writeHead(status, headers).end(body);
}

export type Commit = { files: Record<string, string>; executable?: string[]; links?: Record<string, string>; tag?: string; branch?: string };

export async function startGitServer() {
  const root = mkdtempSync(join(tmpdir(), "slipway-git-"));
  const server = createServer((request, response) => void serve(root, request, response));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const make = (name: string): string => {
    const folder = join(root, name);
    mkdirSync(folder);
    git(folder, "init", "--quiet");
    git(folder, "config", "uploadpack.allowAnySHA1InWant", "true");
    return folder;
  };
  /** Commits to a repository, which is made if there is none of this name; gives the commit's id. */
  const commit = (name: string, { files, executable = [], links = {}, tag, branch }: Commit, isNew = false): string => {
    const folder = isNew ? make(name) : join(root, name);
    if (branch) git(folder, "checkout", "--quiet", "-B", branch);
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
      if (executable.includes(path)) chmodSync(join(folder, path), 0o755);
    }
    for (const [path, to] of Object.entries(links)) execFileSync("ln", ["-s", to, join(folder, path)]);
    git(folder, "add", "-A");
    git(folder, "commit", "--quiet", "--allow-empty", "-m", "a step");
    if (tag) git(folder, "tag", "-a", tag, "-m", tag);
    return git(folder, "rev-parse", "HEAD");
  };
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    rmSync(root, { recursive: true, force: true });
  };
  return { urlOf: (name: string) => `${base}/${name}`, root, commit, stop };
}
