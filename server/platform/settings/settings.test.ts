import { describe, expect, it } from "vitest";
import { misspelt, parseEnv } from "../env";

describe("a setting that can't work ends the start with a sentence that names it", () => {
  it.each([
    ["SLIPWAY_URL", "ftp://x", /SLIPWAY_URL: a URL with http:\/\/ or https:\/\//],
    ["SLIPWAY_URL", "localhost:3000", /http:\/\/ or https:\/\//],
    ["SLIPWAY_URL", "https://ml.example.com/slipway", /root of a host name only, not below "\/slipway"/],
    ["SLIPWAY_URL", "https://ml.example.com/?a=1", /root of a host name/],
    ["SLIPWAY_URL", "https://u:p@ml.example.com", /without a user name/],
    ["SLIPWAY_PORT", "0x1F90", /SLIPWAY_PORT: a whole number from 0 to 65,535 is needed, in plain digits, not "0x1F90"/],
    ["SLIPWAY_PORT", "http", /whole number/],
    ["SLIPWAY_PORT", "70000", /65,535/],
    ["SLIPWAY_JOB_LOG_DAYS", "1e12", /to 36,500 is needed, not "1e12"/],
    ["SLIPWAY_JOB_LOG_DAYS", "999999", /36,500/],
    ["SLIPWAY_JOB_LOG_DAYS", "0", /number from/],
    ["SLIPWAY_BLOB_GRACE_HOURS", "1", /from 24/],
    ["SLIPWAY_MAX_BODY_MB", "100000", /512/],
    ["SLIPWAY_INFERENCE_LOG_SAMPLE", "1.5", /from 0 to 1/],
    ["SLIPWAY_TRUST_PROXY", "yes", /One of true, false is needed/],
  ])("%s=%s", (name, value, words) => {
    expect(() => parseEnv({ [name]: value })).toThrow(words);
    expect(() => parseEnv({ [name]: value })).not.toThrow(/NaN|expected|Invalid/);
  });
});

it("takes what works, and has a default for what is empty", () => {
  const parsed = parseEnv({ SLIPWAY_URL: "https://ml.example.com/", SLIPWAY_PORT: "8080", SLIPWAY_JOB_LOG_DAYS: "0.5", SLIPWAY_INFERENCE_LOG_SAMPLE: "0", SLIPWAY_MAX_BODY_MB: "" });
  expect(parsed).toMatchObject({ SLIPWAY_URL: "https://ml.example.com/", SLIPWAY_PORT: 8080, SLIPWAY_JOB_LOG_DAYS: 0.5, SLIPWAY_INFERENCE_LOG_SAMPLE: 0, SLIPWAY_MAX_BODY_MB: 64 });
});

it.each([
  ["SLIPWAY_INFERENCE_LOG_SAMPLE", ".1", 0.1], ["SLIPWAY_INFERENCE_LOG_SAMPLE", "0.33333333333333331", 1 / 3], ["SLIPWAY_JOB_LOG_DAYS", "30.", 30],
  ["SLIPWAY_JOB_LOG_DAYS", " 2.5 ", 2.5], ["SLIPWAY_INFERENCE_LOG_MAX_ROWS", "5e6", 5_000_000], ["SLIPWAY_PORT", "8.08E3", 8_080],
])("%s=%s is a number as people write them", (name, text, value) => {
  expect(parseEnv({ [name]: text })).toMatchObject({ [name]: value });
});

it.each([".", "e5", "1e", "1e400", "-1", "1,000", "1_000", "0b1", "Infinity", "5 6", "1".repeat(41)])("SLIPWAY_JOB_LOG_DAYS=%s is none", (text) => {
  expect(() => parseEnv({ SLIPWAY_JOB_LOG_DAYS: text })).toThrow(/SLIPWAY_JOB_LOG_DAYS: a number from/);
});

it.each([
  ["SLIPWAY_PRT", "SLIPWAY_PORT"], ["SLIPWAY_PROT", "SLIPWAY_PORT"], ["SLIPWAY_JOB_LOG_DAY", "SLIPWAY_JOB_LOG_DAYS"], ["SLIPWAY_LOGLEVEL", "SLIPWAY_LOG_LEVEL"], ["SLIPWY_URL", "SLIPWAY_URL"], ["slipway_port", "SLIPWAY_PORT"],
])("a misspelt %s is told, with %s", (name, meant) => {
  expect(misspelt({ [name]: "1" })).toEqual([`${name} is no setting and is ignored: did you mean ${meant}?`]);
});

it("says nothing of names of other parts", () => {
  const names = ["SLIPWAY_PORT", "SLIPWAY_TOKEN", "SLIPWAY_PROJECT", "SLIPWAY_ADMIN_TOKEN", "SLIPWAY_AGENT_TOKEN", "SLIPWAY_CPUS", "SLIPWAY_E2E_URL", "SLIPWAY_MARKER", "PORT", "SLACK_URL", "PATH"];
  expect(misspelt(Object.fromEntries(names.map((name) => [name, "1"])))).toEqual([]);
});
