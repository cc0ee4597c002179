import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { capacityOf, fits, freeOf, isUsablePython, pickJobs } from "./placement";

const GIB = 1024 ** 3;
const free = { cpus: 4, memoryBytes: 8 * GIB, gpus: ["GPU-a", "GPU-b"], hasPython: true };
const ask = { cpus: 1, memoryBytes: GIB, gpus: 0, needsPython: false };

describe("fits", () => {
  it.each([
    [{}, true],
    [{ cpus: 4 }, true],
    [{ cpus: 4.1 }, false],
    [{ memoryBytes: 9 * GIB }, false],
    [{ gpus: 2 }, true],
    [{ gpus: 3 }, false],
  ])("%o: %s", (change, expected) => {
    expect(fits({ ...ask, ...change }, free)).toBe(expected);
  });

  it("keeps Python jobs from agents without Python", () => {
    expect(fits({ ...ask, needsPython: true }, { ...free, hasPython: false })).toBe(false);
  });

  it("takes ten jobs of a tenth of a core on one core", () => {
    const held = Array.from({ length: 9 }, () => ({ cpus: 0.1, memoryBytes: 0, devices: [] }));
    expect(fits({ ...ask, cpus: 0.1 }, freeOf({ ...free, cpus: 1 }, held))).toBe(true);
  });

  it.each([
    ["3.9.18", false],
    ["3.10.0", true],
    ["3.13.1", true],
    ["2.7.18", false],
    ["4.0", true],
    ["nonsense", false],
  ])("python %s is usable: %s", (version, expected) => {
    expect(isUsablePython(version)).toBe(expected);
  });
});

const asks = fc.array(
  fc.record({
    cpus: fc.double({ min: 0.1, max: 8, noNaN: true }),
    memoryBytes: fc.integer({ min: 1, max: 16 * GIB }),
    gpus: fc.integer({ min: 0, max: 3 }),
    needsPython: fc.boolean(),
  }),
  { maxLength: 30 },
);

describe("pickJobs", () => {
  it("never gives more than there is, nor one device twice, and leaves nothing that still fits", () => {
    fc.assert(
      fc.property(asks, fc.integer({ min: 0, max: 10 }), (list, max) => {
        const queue = list.map((one) => ({ ask: one }));
        const placed = pickJobs(queue, free, max);
        const sum = (pick: (a: (typeof list)[number]) => number) =>
          placed.reduce((total, one) => total + pick(one.job.ask), 0);
        expect(placed.length).toBeLessThanOrEqual(max);
        expect(sum((a) => a.cpus)).toBeLessThanOrEqual(free.cpus + 1e-6);
        expect(sum((a) => a.memoryBytes)).toBeLessThanOrEqual(free.memoryBytes);
        const devices = placed.flatMap((one) => one.devices);
        expect(new Set(devices).size).toBe(devices.length);
        for (const one of placed) expect(one.devices.length).toBe(one.job.ask.gpus);
        if (placed.length === max) return;
        const left = freeOf(
          free,
          placed.map((one) => ({ ...one.job.ask, devices: one.devices })),
        );
        const chosen = new Set(placed.map((one) => one.job));
        for (const job of queue)
          if (!chosen.has(job)) expect(fits({ ...job.ask, cpus: job.ask.cpus + 1e-6 }, left)).toBe(false);
      }),
    );
  });

  it("keeps the queue's order among jobs that compete", () => {
    const queue = [1, 2, 3].map((id) => ({ id, ask: { ...ask, cpus: 2 } }));
    expect(pickJobs(queue, free, 10).map((one) => one.job.id)).toEqual([1, 2]);
  });
});

it("reads an agent's capacity from its report", () => {
  const host = {
    hostname: "h",
    platform: "linux-x64",
    agentVersion: "1",
    cpus: 2,
    memoryBytes: GIB,
    diskFreeBytes: 1,
    diskTotalBytes: 1,
    gpus: [{ index: 0, uuid: "GPU-a", model: "H100", memoryBytes: 1, busId: "", migEnabled: false }],
    gpuDriver: null,
    cpuModel: "",
    pythons: [{ path: "/usr/bin/python3", version: "3.9.2" }],
    memoryLimit: "watch" as const,
    labels: {},
  };
  expect(capacityOf(host)).toEqual({ cpus: 2, memoryBytes: GIB, gpus: ["GPU-a"], hasPython: false });
});
