/** What the MLflow wire answers of all that the client's protocol files declare, and the table of it in docs/mlflow.md. */
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { baseUrl, connect, python } from "../instance";

const run = promisify(execFile);

export type RpcCall = { service: string; name: string; method: string; path: string; major: number };
export type RpcRow = RpcCall & { area: string; here: "answered" | "refused" | "missing"; reason: string };

const document = join("docs", "mlflow.md");
const begin = "<!-- rpc table: begin -->";
const end = "<!-- rpc table: end -->";

const areas: [RegExp, string][] = [
  [/^\/mlflow-artifacts\//, "Tracking: artifacts"],
  [/^\/mlflow\/artifacts\//, "Tracking: artifacts"],
  [/^\/mlflow\/experiments\//, "Tracking: experiments"],
  [/^\/mlflow\/(runs|metrics)\//, "Tracking: runs and metrics"],
  [/^\/mlflow\/logged-models/, "Tracking: logged models"],
  [/^\/mlflow\/(registered-models|model-versions)\//, "Registry"],
  [/^\/mlflow\/webhooks/, "Webhooks"],
  [/^\/mlflow\/(traces|unified-traces|get-online-trace-details|issues|label-schemas|review-queues)/, "Traces and their review"],
  [/^\/mlflow\/(datasets|scorers|prompt-optimization)/, "Evaluation of agents and prompts"],
  [/^\/mlflow\/gateway\//, "LLM gateway"],
  [/^\/mlflow\/workspaces/, "Workspaces"],
];

/** The areas that a tracking server is made of: nothing of them may be missing. */
export const isTracking = (row: RpcRow) => row.area.startsWith("Tracking") || row.area === "Registry";

const areaOf = (path: string) => areas.find(([pattern]) => pattern.test(path))?.[1] ?? "Other";

const nowhere = { experiment_id: "999999999" };

/** Asks once, of things that are not there: an RPC that is served says that of them, and changes nothing; one that is not says that of itself. */
async function probe(call: RpcCall): Promise<RpcRow> {
  const path = call.path.replace(/\{[^}]+\}|<[^>]+>/g, "999999999-absent");
  const response = await fetch(`${baseUrl}/api/${call.major}.0${path}`, {
    method: call.method,
    headers: { authorization: `Bearer ${connect.SLIPWAY_TOKEN}`, "content-type": "application/json" },
    body: call.method === "GET" ? undefined : JSON.stringify(nowhere),
  });
  if (response.status === 500) throw new Error(`${call.method} ${path} broke: ${await response.text()}`);
  const answer = (await response.json().catch(() => ({}))) as { error_code?: string; message?: string };
  const here = answer.error_code === "ENDPOINT_NOT_FOUND" ? "missing" : response.status === 501 ? "refused" : "answered";
  return { ...call, area: areaOf(call.path), here, reason: here === "refused" ? (answer.message ?? "") : "" };
}

export async function readWire(): Promise<{ version: string; rows: RpcRow[] }> {
  const { stdout } = await run(python, [join("e2e", "protocols", "mlflow_rpcs.py")], { env: { NODE_ENV: "test", PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "" } });
  const { version, calls } = JSON.parse(stdout) as { version: string; calls: RpcCall[] };
  const rows: RpcRow[] = [];
  for (const call of calls) rows.push(await probe(call));
  return { version, rows };
}

const cell = (text: string) => text.replaceAll("|", "\\|");
const lineOf = ({ name, method, major, path, here, reason }: RpcRow) => `| ${name} | \`${method} /api/${major}.0${cell(path)}\` | ${here}${reason ? `: ${cell(reason)}` : ""} |`;

function tableOf(version: string, rows: readonly RpcRow[]): string {
  const names = [...areas.map(([, area]) => area), "Other"];
  const parts = [...new Set(names)].flatMap((area) => {
    const own = rows.filter((row) => row.area === area);
    if (own.length === 0) return [];
    if (own.every(({ here }) => here === "missing")) return [`### ${area}\n\nNot here: none of these ${own.length} RPCs is answered (404 \`ENDPOINT_NOT_FOUND\`).\n`];
    return [`### ${area}\n\n| RPC | Where | Here |\n| --- | --- | --- |\n${own.map(lineOf).join("\n")}\n`];
  });
  return `As declared by the protocol files of mlflow ${version}.\n\n${parts.join("\n")}`;
}

export function writeTable(version: string, rows: readonly RpcRow[]): void {
  const text = readFileSync(document, "utf8");
  const [head = "", rest = ""] = text.split(begin);
  writeFileSync(document, `${head}${begin}\n\n${tableOf(version, rows)}\n${end}${rest.split(end)[1] ?? ""}`);
}

/** The lines of the document's table, by RPC and place. */
export function documentedLines(): Set<string> {
  return new Set(readFileSync(document, "utf8").split("\n").filter((line) => line.startsWith("| ")));
}

/** Rows that the document tells otherwise: each by its line, and one that is missing only within an area that is missing whole. */
export function misdocumented(rows: readonly RpcRow[]): string[] {
  const known = documentedLines();
  const partly = new Set(rows.filter(({ here }) => here !== "missing").map(({ area }) => area));
  return rows.filter((row) => row.here !== "missing" || partly.has(row.area)).map(lineOf).filter((line) => !known.has(line));
}
