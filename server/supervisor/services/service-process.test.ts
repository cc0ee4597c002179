import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ServiceProcess } from "./service-process";

let folder = "";
let service: ServiceProcess;
let said: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "slipway-service-"));
  said = [];
});
afterEach(async () => {
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A program that notes each of its starts. */
function serviceOf(program: string): ServiceProcess {
  const script = join(folder, "program.mjs");
  writeFileSync(script, `import { appendFileSync, readFileSync } from "node:fs"; appendFileSync(${JSON.stringify(join(folder, "starts"))}, "x"); ${program}`);
  return new ServiceProcess({
    name: "program",
    script,
    env: process.env,
    logFile: join(folder, "log"),
    stopAfterMs: 5_000,
    reportsReady: true,
    hopeless: 77,
    onRestart: (_name, reason) => void said.push(`again after ${reason}`),
    onGivenUp: () => void said.push("given up"),
    onLogFault: (_name, error) => void said.push(error.message),
  });
}
const starts = () => readFileSync(join(folder, "starts"), "utf8").length;

it("is started again a few times, then said to fail", async () => {
  service = serviceOf("process.exit(1);");
  await expect(service.start()).rejects.toThrow(/program process does not start \(exit code 1\)/);
  expect([starts(), said]).toEqual([4, Array(3).fill("again after exit code 1")]);
});

it("that says it is of no use is not started again, before it was ready", async () => {
  service = serviceOf("process.exit(77);");
  await expect(service.start()).rejects.toThrow(/exit code 77/);
  expect([starts(), said]).toEqual([1, []]);
});

it("nor after it was ready; any other end is a mishap", async () => {
  service = serviceOf('process.send({ ready: true }, () => process.exit(readFileSync(process.argv[1].replace("program.mjs", "starts")).length === 1 ? 3 : 77));');
  await service.start();
  await vi.waitFor(() => expect(said).toEqual(["again after exit code 3", "given up"]), 10_000);
  expect(starts()).toBe(2);
});
