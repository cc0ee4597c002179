/** A server that speaks the agent protocol from memory, for tests of the agent alone: it can go away and come back. */
import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { JobSpec, type SubmitJobInput } from "@/server/domains/compute/contract/job";
import {
  AttemptResult,
  type Claim,
  ClaimRequest,
  HeartbeatRequest,
  HelloRequest,
  RegisterRequest,
  type StopNotice,
  UsageReport,
} from "@/server/domains/compute/contract/protocol";

export type Seen = {
  log: Buffer;
  skipped: number;
  starts: number;
  results: AttemptResult[];
  usage: UsageReport[];
  stale: boolean;
};

export type FakeSettings = { leaseSeconds: number; heartbeatSeconds: number; logKeepBytes: number };

type Answer = { status?: number; body: unknown };

export class FakeServer {
  readonly attempts = new Map<string, Seen>();
  readonly hellos: HelloRequest[] = [];
  readonly blobs = new Map<string, Buffer>();
  readonly #queue: Claim[] = [];
  readonly #stops = new Map<string, StopNotice>();
  readonly #given = new Map<string, Claim[]>();
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  #wake: () => void = () => undefined;
  /** While true, every connection is cut. */
  down = false;
  /** While true, it knows no agent and takes none. */
  knowsNobody = false;

  private constructor(readonly settings: FakeSettings) {
    this.#server = createServer((request, response) => void this.#serve(request, response));
    this.#server.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
      if (this.down) socket.destroy();
    });
  }

  static async start(settings: Partial<FakeSettings> = {}): Promise<FakeServer> {
    const fake = new FakeServer({ leaseSeconds: 30, heartbeatSeconds: 0.2, logKeepBytes: 32 * 1024 ** 2, ...settings });
    await new Promise<void>((resolve) => fake.#server.listen(0, "127.0.0.1", resolve));
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  cut(): void {
    this.down = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  addBlob(bytes: Buffer): string {
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    this.blobs.set(sha256, bytes);
    return sha256;
  }

  submit(spec: Partial<SubmitJobInput> & { command: string[] }, claim: Partial<Claim> = {}): string {
    const attemptId = randomUUID();
    const { after: _, ...full } = JobSpec.parse({ name: "test job", ...spec });
    const ids = { attemptId, jobId: randomUUID(), projectId: randomUUID(), attempt: 1 };
    this.#queue.push({ ...ids, token: "slw_test_token", devices: [], spec: full, ...claim });
    this.attempts.set(attemptId, { log: Buffer.alloc(0), skipped: 0, starts: 0, results: [], usage: [], stale: false });
    this.#wake();
    return attemptId;
  }

  seen(attemptId: string): Seen {
    const seen = this.attempts.get(attemptId);
    if (!seen) throw new Error(`no attempt ${attemptId}`);
    return seen;
  }

  tell(attemptId: string, reason: StopNotice["reason"]): void {
    this.#stops.set(attemptId, { attemptId, reason });
    if (reason === "stale") this.seen(attemptId).stale = true;
    this.#wake();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (this.down) return void request.socket.destroy();
    const url = new URL(request.url ?? "/", "http://fake");
    const blob = /^\/api\/v1\/blobs\/(\w+)$/.exec(url.pathname)?.[1];
    if (blob) {
      const bytes = this.blobs.get(blob);
      response.writeHead(bytes ? 200 : 404).end(bytes);
      return;
    }
    const { status = 200, body } = await this.#answer(url, Buffer.concat(chunks), request);
    if (this.down) return void request.socket.destroy();
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  }

  async #answer(url: URL, bytes: Buffer, request: IncomingMessage): Promise<Answer> {
    const attempt = /^\/agent\/attempts\/([^/]+)\/(\w+)$/.exec(url.pathname);
    if (attempt) return this.#answerAttempt(attempt[1] ?? "", attempt[2] ?? "", url, bytes);
    const json: unknown = bytes.length > 0 ? JSON.parse(bytes.toString()) : null;
    if (this.knowsNobody) return { status: 403, body: { title: "Forbidden", detail: "nobody is known" } };
    switch (url.pathname) {
      case "/health/live":
      case "/health":
        return { body: { status: "ok" } };
      case "/agent/register":
        RegisterRequest.parse(json);
        return { status: 201, body: { agentId: randomUUID() } };
      case "/agent/hello":
        this.hellos.push(HelloRequest.parse(json));
        return { body: { agentId: randomUUID(), protocol: 1, mayClaim: true, notices: [], ...this.settings } };
      case "/agent/heartbeat": {
        const { attempts } = HeartbeatRequest.parse(json);
        return { body: { extended: attempts.filter((id) => !this.#stops.has(id)), stop: this.#stopsOf(attempts) } };
      }
      case "/agent/claim":
        return { body: await this.#claim(ClaimRequest.parse(json), request) };
      default:
        return { status: 404, body: { title: "NotFound", detail: url.pathname } };
    }
  }

  #stopsOf(attempts: string[]): StopNotice[] {
    return attempts.flatMap((id) => this.#stops.get(id) ?? []);
  }

  async #claim({ claimId, max, waitSeconds, attempts }: ClaimRequest, request: IncomingMessage) {
    const until = performance.now() + waitSeconds * 1_000;
    for (;;) {
      const claims = this.#given.get(claimId) ?? this.#queue.splice(0, max);
      if (claims.length > 0) this.#given.set(claimId, claims);
      const stop = this.#stopsOf(attempts);
      const left = until - performance.now();
      if (claims.length > 0 || stop.length > 0 || left <= 0 || request.destroyed) return { claims, stop };
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(left, 500));
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  #answerAttempt(attemptId: string, what: string, url: URL, bytes: Buffer): Answer {
    const seen = this.attempts.get(attemptId);
    if (!seen) return { status: 404, body: { title: "NotFound", detail: "no such attempt" } };
    if (seen.stale) return { status: 409, body: { title: "Conflict", detail: "stale" } };
    if (what === "started") seen.starts += 1;
    if (what === "usage") seen.usage.push(UsageReport.parse(JSON.parse(bytes.toString())));
    if (what === "result") seen.results.push(AttemptResult.parse(JSON.parse(bytes.toString())));
    if (what !== "logs") return { body: {} };
    const offset = Number(url.searchParams.get("offset"));
    const skipped = Number(url.searchParams.get("skipped"));
    const size = seen.skipped + seen.log.length;
    if (offset - skipped <= size && offset + bytes.length > size) {
      seen.skipped += Math.max(0, offset - size);
      seen.log = Buffer.concat([seen.log, bytes.subarray(Math.max(0, size - offset))]);
    }
    return { body: { size: seen.skipped + seen.log.length } };
  }
}
