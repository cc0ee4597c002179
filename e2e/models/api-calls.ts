/** Calls that specs make before they open a page: content, and work on the server that is waited for. */
import { createHash } from "node:crypto";
import { expect } from "@playwright/test";
import { api, baseUrl, connect } from "../instance";

export async function putBlob(content: Buffer): Promise<string> {
  const sha256 = createHash("sha256").update(content).digest("hex");
  const headers = { authorization: `Bearer ${connect.SLIPWAY_TOKEN}` };
  const response = await fetch(`${baseUrl}/api/v1/blobs/${sha256}`, { method: "PUT", headers, body: new Uint8Array(content) });
  if (!response.ok) throw new Error(`the content was not stored: ${response.status}`);
  return sha256;
}

const patience = { timeout: 90_000, intervals: [100, 200, 400] };

/** Reads until it is as it should be; what it is instead stands in the failure. */
export async function until<T>(read: () => Promise<T>, stateOf: (value: T) => string, wanted: string): Promise<T> {
  let last: T | undefined;
  const ended = /^(failed|cancelled|killed|refused)/i;
  await expect.poll(async () => {
    last = await read();
    const state = stateOf(last);
    if (state !== wanted && ended.test(state)) throw new Error(`it ended otherwise: ${state}`);
    return state;
  }, patience).toBe(wanted);
  if (last === undefined) throw new Error("nothing was read");
  return last;
}

type Operation = { state: string; error: string | null; result: Record<string, unknown> | null };

/** Starts work on the server and waits for its result. */
export async function work(path: string, body: unknown = {}): Promise<Record<string, unknown>> {
  const { operationId } = await api<{ operationId: string }>("POST", path, body);
  const done = await until(() => api<Operation>("GET", `/operations/${operationId}`), ({ state, error }) => (error ? `${state}: ${error}` : state), "succeeded");
  return done.result ?? {};
}
