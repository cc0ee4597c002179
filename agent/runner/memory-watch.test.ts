import { type ChildProcess, spawn } from "node:child_process";
import { afterEach, expect, it, vi } from "vitest";
import { MemoryWatch } from "./memory-watch";

const MIB = 1024 ** 2;
let child: ChildProcess;
let watch: MemoryWatch;
afterEach(() => {
  watch.end();
  if (child.pid) process.kill(-child.pid, "SIGKILL");
});

function hold(megabytes: number): number {
  // In a process of its own group, one below its leader.
  const script = `python3 -c "b = b'x' * ${megabytes * 1_000_000}; import time; time.sleep(60)"; true`;
  child = spawn("sh", ["-c", script], { detached: true, stdio: "ignore" });
  return child.pid ?? 0;
}

it("tells once a job's processes together hold more than they may", async () => {
  let exceeded = false;
  watch = new MemoryWatch(hold(200), 100 * MIB, () => {
    exceeded = true;
  });
  await vi.waitFor(() => expect(exceeded).toBe(true), { timeout: 10_000, interval: 20 });
  expect(watch.peakBytes).toBeGreaterThan(100 * MIB);
});

it("leaves a job within its limit alone, and knows its peak", async () => {
  let exceeded = false;
  watch = new MemoryWatch(hold(60), 300 * MIB, () => {
    exceeded = true;
  });
  await vi.waitFor(() => expect(watch.peakBytes).toBeGreaterThan(60_000_000), { timeout: 10_000, interval: 20 });
  expect(exceeded).toBe(false);
});
