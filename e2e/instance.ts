/** The instance under test: where it is, and the tokens that scripts would use. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the tests through npm test.`);
  return value;
}

export const folder = required("SLIPWAY_E2E_FOLDER");
export const baseUrl = required("SLIPWAY_E2E_URL");
export const python = process.env.SLIPWAY_E2E_PYTHON ?? "python3";
export const trackingPython = process.env.SLIPWAY_E2E_TRACKING_PYTHON ?? python;
export const ownerLink = process.env.SLIPWAY_E2E_OWNER_LINK ?? "";
export const ownerState = join(folder, "owner-session.json");

const lines = readFileSync(join(folder, "connect.env"), "utf8").split("\n").filter(Boolean);
export const connect = Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
export const project = connect.SLIPWAY_PROJECT ?? "default";

export const owner = { name: "Olga Owner", email: "olga@example.test", password: "correct horse battery" };

/** Calls /api/v1 with the installation's token and gives the parsed answer. */
export async function api<T = Record<string, unknown>>(method: string, path: string, body?: unknown, token = connect.SLIPWAY_TOKEN): Promise<T> {
  const response = await fetch(`${baseUrl}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
  return answer as T;
}
