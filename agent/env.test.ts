import { expect, test } from "vitest";
import { parseAgentEnv } from "./env";

const url = "http://127.0.0.1:3000";

test.each([
  [{}, "SLIPWAY_URL: A value is needed."],
  [{ SLIPWAY_URL: "somewhere" }, "SLIPWAY_URL: This is not a URL."],
  [{ SLIPWAY_URL: url, SLIPWAY_AGENT_CPUS: "two" }, "SLIPWAY_AGENT_CPUS: A number is needed."],
  [{ SLIPWAY_URL: url, SLIPWAY_AGENT_DRAIN: "now", SLIPWAY_AGENT_LABELS: "gpu" }, "SLIPWAY_AGENT_DRAIN: One of release, finish is needed; SLIPWAY_AGENT_LABELS: gpu is not key=value."],
])("%j can't be used, and the agent says why", (settings, words) => {
  expect(() => parseAgentEnv(settings)).toThrow(`Settings that can't be used: ${words}`);
});

test("an empty setting is one that is not set", () => {
  expect(parseAgentEnv({ SLIPWAY_URL: `${url}/`, SLIPWAY_AGENT_CPUS: "", SLIPWAY_AGENT_GRACE_SECONDS: "" })).toEqual(parseAgentEnv({ SLIPWAY_URL: url }));
});
