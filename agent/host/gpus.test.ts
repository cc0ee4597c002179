import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { GpuReport, GpuUse } from "@/server/domains/compute/contract/agent";
import { parseGpus } from "./gpus";

const recorded = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../fixtures/${name}.gpu.csv`, import.meta.url)), "utf8");
const uuid = "GPU-9dac21b6-c77a-3670-c053-36aa1c2f77ad";

describe("parseGpus, on what an H100 host said", () => {
  it.each(["idle", "load", "after"])("%s", (name) => {
    const [gpu] = parseGpus(recorded(name));
    expect(gpu).toMatchObject({
      index: 0,
      uuid,
      model: "NVIDIA H100 80GB HBM3",
      memoryBytes: 81_559 * 1024 ** 2,
      driver: "580.159.04",
      busId: "00000000:00:06.0",
      migEnabled: false,
    });
    expect(GpuReport.safeParse(gpu).success).toBe(true);
    expect(GpuUse.safeParse(gpu?.use).success).toBe(true);
  });

  it("reads use under load", () => {
    expect(parseGpus(recorded("load"))[0]?.use).toEqual({
      uuid,
      utilization: 100,
      memoryUsedBytes: 1_855 * 1024 ** 2,
      temperatureC: 66,
      powerWatts: 615.91,
    });
  });

  it("takes values that a GPU does not have as unknown", () => {
    const line = recorded("load").replace("100, 32, 66, 615.91", "[N/A], [N/A], [Not Supported], [N/A]");
    expect(parseGpus(line)[0]?.use).toMatchObject({ utilization: null, temperatureC: null, powerWatts: null });
  });

  it("leaves out what is no GPU", () => {
    expect(parseGpus("")).toEqual([]);
    expect(parseGpus("Unable to determine the device handle for GPU 0000:00:06.0: Unknown Error\n")).toEqual([]);
    expect(parseGpus("No devices were found\n")).toEqual([]);
  });
});
