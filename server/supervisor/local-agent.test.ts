import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { keepIdentity } from "./local-agent";

let folder = "";
const path = () => join(folder, "agent", "identity.json");
const read = () => JSON.parse(readFileSync(path(), "utf8"));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "slipway-local-agent-"));
  mkdirSync(join(folder, "agent"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("keeps the agent's identity when the server comes back on another port", () => {
  const identity = { credential: "c".repeat(43), agentId: "01a2171c-cca9-70fc-8a1e-a5805356db98", url: "http://127.0.0.1:3000" };
  writeFileSync(path(), JSON.stringify(identity));
  expect(keepIdentity(folder, "http://127.0.0.1:3300")).toBe(true);
  expect(read()).toEqual({ ...identity, url: "http://127.0.0.1:3300" });
});

it("asks for a new enrolment where the agent never reached the server, and leaves its file alone", () => {
  expect(keepIdentity(folder, "http://127.0.0.1:3000")).toBe(false);
  const pending = { credential: "c".repeat(43), agentId: null, url: "http://127.0.0.1:3000" };
  writeFileSync(path(), JSON.stringify(pending));
  expect(keepIdentity(folder, "http://127.0.0.1:3300")).toBe(false);
  expect(read()).toEqual(pending);
});
