import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { removeAgent } from "@/server/domains/compute/service/agents";
import { testAgent } from "@/server/domains/compute/testing/test-agents";
import { systemInstanceContext } from "@/server/platform/context";
import { isTokenShaped } from "@/server/platform/identity/secrets";
import { newId } from "@/server/platform/ids";
import { enrolLocalAgent, keepIdentity } from "./local-agent";

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
  expect(keepIdentity(folder, "http://127.0.0.1:3300")).toBe(identity.agentId);
  expect(read()).toEqual({ ...identity, url: "http://127.0.0.1:3300" });
});

it("knows no identity of an agent that never reached the server", () => {
  expect(keepIdentity(folder, "http://127.0.0.1:3000")).toBeNull();
});

describe("the right to enrol", () => {
  const save = (agentId: string) => writeFileSync(path(), JSON.stringify({ credential: "c".repeat(43), agentId, url: "http://127.0.0.1:3000" }));
  const enrol = () => enrolLocalAgent(folder, "http://127.0.0.1:3000");

  it("is minted where the database does not know the agent, as after another one was chosen", async () => {
    expect(isTokenShaped((await enrol()).token ?? "")).toBe(true);
    save(newId());
    expect(await enrol()).toEqual({ isWanted: true, token: expect.any(String) });
  });

  it("is not for one that is known; one that somebody removed is not started", async () => {
    const { id } = await testAgent();
    save(id);
    expect(await enrol()).toEqual({ isWanted: true, token: null });
    await removeAgent(systemInstanceContext("test"), { agentId: id });
    expect(await enrol()).toEqual({ isWanted: false, token: null });
  });
});
