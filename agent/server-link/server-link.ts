/** The agent's calls to the server, each parsed; and what a failed one means. */

import { z } from "zod";
import {
  type AttemptResult,
  ClaimRequest,
  ClaimResponse,
  ErrorBody,
  HeartbeatRequest,
  HeartbeatResponse,
  HelloRequest,
  HelloResponse,
  LogResponse,
  RegisterRequest,
  RegisterResponse,
  type UsageReport,
} from "@/server/domains/compute/contract/protocol";
import { messageOf } from "../log";

/** The server answered, and will answer the same again. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = "Refused";
  }

  /** The agent itself is not known any more. */
  get isIdentity(): boolean {
    return this.status === 401 || this.status === 403;
  }
}

/** No answer, or one that may be another later. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

const TIMEOUT_MS = 20_000;
const Anything = z.unknown();

type Call = { path: string; body: unknown; timeoutMs?: number; signal?: AbortSignal; token?: string };

export class ServerLink {
  constructor(
    readonly url: string,
    readonly credential: string,
  ) {}

  async #send({ path, body, timeoutMs = TIMEOUT_MS, signal, token = this.credential }: Call): Promise<unknown> {
    const isBytes = body instanceof Uint8Array;
    const late = AbortSignal.timeout(timeoutMs);
    try {
      const response = await fetch(`${this.url}/agent${path}`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${token}`,
          "content-type": isBytes ? "application/octet-stream" : "application/json",
        },
        body: isBytes ? Buffer.from(body) : JSON.stringify(body),
        signal: signal ? AbortSignal.any([signal, late]) : late,
      });
      const text = await response.text();
      if (response.ok) return JSON.parse(text);
      throw refusalOf(response.status, text);
    } catch (error) {
      if (error instanceof Refused || error instanceof Unreachable) throw error;
      const cause = error instanceof Error && error.cause ? `: ${messageOf(error.cause)}` : "";
      throw new Unreachable(`${messageOf(error)}${cause}`);
    }
  }

  async #call<S extends z.ZodType>(schema: S, call: Call): Promise<z.output<S>> {
    const parsed = schema.safeParse(await this.#send(call));
    // A server that speaks otherwise may be on its way to another version.
    if (!parsed.success) throw new Unreachable(`the answer to ${call.path} is not understood: ${parsed.error.message}`);
    return parsed.data;
  }

  register(enrolmentToken: string, request: z.input<typeof RegisterRequest>) {
    return this.#call(RegisterResponse, {
      path: "/register",
      body: RegisterRequest.parse(request),
      token: enrolmentToken,
    });
  }

  hello(request: HelloRequest) {
    return this.#call(HelloResponse, { path: "/hello", body: HelloRequest.parse(request) });
  }

  heartbeat(request: z.input<typeof HeartbeatRequest>) {
    return this.#call(HeartbeatResponse, {
      path: "/heartbeat",
      body: HeartbeatRequest.parse(request),
      timeoutMs: 10_000,
    });
  }

  claim(request: z.input<typeof ClaimRequest>, signal?: AbortSignal) {
    const body = ClaimRequest.parse(request);
    return this.#call(ClaimResponse, { path: "/claim", body, timeoutMs: (body.waitSeconds + 10) * 1_000, signal });
  }

  async started(attemptId: string, signal: AbortSignal): Promise<void> {
    await this.#call(Anything, { path: `/attempts/${attemptId}/started`, body: {}, signal });
  }

  appendLog(attemptId: string, piece: { offset: number; skipped: number; bytes: Uint8Array }, signal: AbortSignal) {
    const path = `/attempts/${attemptId}/logs?offset=${piece.offset}&skipped=${piece.skipped}`;
    return this.#call(LogResponse, { path, body: piece.bytes, signal });
  }

  async usage(attemptId: string, usage: UsageReport): Promise<void> {
    await this.#call(Anything, { path: `/attempts/${attemptId}/usage`, body: usage });
  }

  async result(attemptId: string, result: AttemptResult, signal?: AbortSignal): Promise<void> {
    await this.#call(Anything, { path: `/attempts/${attemptId}/result`, body: result, signal });
  }
}

function refusalOf(status: number, text: string): Error {
  let body: z.output<typeof ErrorBody>;
  try {
    body = ErrorBody.parse(JSON.parse(text));
  } catch {
    // Not one of our server's answers: a proxy's, perhaps, that no job should die of.
    return new Unreachable(`HTTP ${status} without a problem document`);
  }
  const message = body.detail || body.title || `HTTP ${status}`;
  const mayPass = status >= 500 || status === 408 || status === 425 || status === 429;
  return mayPass ? new Unreachable(message) : new Refused(status, message);
}
