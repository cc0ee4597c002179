/** A hundred clients that die in the middle of a request: nothing of theirs is seen, nothing is held, others go on. */
import { readdirSync } from "node:fs";
import { connect as connectTo, type Socket } from "node:net";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { getRun, logMetric, makeExperiment, trackRun, unique } from "../experiments/tracked-run";
import { baseUrl, connect, folder } from "../instance";

const clients = 100;
const { hostname, port } = new URL(baseUrl);

function head(method: string, path: string, length: string): string {
  return `${method} ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAuthorization: Bearer ${connect.SLIPWAY_TOKEN}\r\nContent-Type: application/json\r\n${length}\r\n\r\n`;
}

/** Says the first part of a request and no more. */
async function beginRequest(text: string, body: string): Promise<Socket> {
  const socket = connectTo(Number(port), hostname);
  socket.on("error", () => undefined);
  await new Promise<void>((done) => socket.write(text + body, () => done()));
  return socket;
}

const stagedUploads = () => readdirSync(join(folder, "blobs", "incoming"));

test("a hundred requests that end half way leave nothing and hold nothing", async () => {
  const no = await makeExperiment(unique("dying"));
  const runId = await trackRun(no, { name: "survivor", status: "RUNNING" });
  const before = stagedUploads().length;
  const batch = JSON.stringify({ run_id: runId, metrics: Array.from({ length: 1_000 }, (_, step) => ({ key: "loss", value: step, timestamp: 1, step })) });
  const artifact = (at: number) => `/api/2.0/mlflow-artifacts/artifacts/${no}/${runId}/artifacts/half-${at}.bin`;
  const begin = [
    () => beginRequest(head("POST", "/api/2.0/mlflow/runs/log-batch", `Content-Length: ${batch.length}`), batch.slice(0, -1)),
    (at: number) => beginRequest(head("PUT", artifact(at), "Content-Length: 4000000"), "x".repeat(2_000_000)),
    (at: number) => beginRequest(head("PUT", artifact(at), "Transfer-Encoding: chunked"), `10000\r\n${"x".repeat(0x10000)}\r\n`),
    () => beginRequest(head("POST", "/api/2.0/mlflow/runs/log-batch", "Transfer-Encoding: chunked"), `10\r\n${batch.slice(0, 16)}\r\n`),
  ];
  const sockets = await Promise.all(Array.from({ length: clients }, (_, at) => begin[at % begin.length]?.(at) ?? Promise.reject(new Error("no request"))));
  await expect.poll(() => stagedUploads().length).toBe(before + clients / 2);
  for (const socket of sockets) socket.resetAndDestroy();

  await logMetric(runId, "alive", 1, 0);
  await expect.poll(() => stagedUploads().length).toBe(before);
  const { data, info } = await getRun(runId);
  expect(info.status).toBe("RUNNING");
  expect(data.metrics?.map(({ key }) => key)).toEqual(["alive"]);
  const listed = await fetch(`${baseUrl}/api/2.0/mlflow/artifacts/list?run_id=${runId}`, { headers: { authorization: `Bearer ${connect.SLIPWAY_TOKEN}` } });
  expect((await listed.json()).files ?? []).toEqual([]);
  expect((await fetch(`${baseUrl}/health`)).ok).toBe(true);
});
