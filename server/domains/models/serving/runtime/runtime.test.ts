import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { Invalid, Unavailable } from "@/server/platform/errors";
import type { Tensor } from "../contract";
import { expectedScore, fixturePath } from "../testing/serve-fixture";
import { loadModel, runModel, stopInferenceThread } from "./runtime";

afterAll(stopInferenceThread);

const file = (name: string) => ({ sha256: name, path: fixturePath(name) });
const features = (rows: number[][]): Tensor => ({ name: "features", datatype: "FP32", shape: [rows.length, 3], data: Float32Array.from(rows.flat()) });

describe("the inference thread", () => {
  it("runs a model's file, and takes absent values", async () => {
    const rows = [[10, 20, 8], [Number.NaN, 3, 17]];
    const { outputs, inferNs } = await runModel(file("first"), [features(rows)], ["probabilities", "label"]);
    const [probabilities, label] = outputs;
    expect(probabilities).toMatchObject({ name: "probabilities", datatype: "FP32", shape: [2, 2] });
    expect(label).toMatchObject({ datatype: "INT64", shape: [2], data: BigInt64Array.from([0n, 0n]) });
    for (const [at, row] of rows.entries()) expect(Number(probabilities?.data[at * 2 + 1])).toBeCloseTo(expectedScore("first", row), 6);
    expect(inferNs).toBeGreaterThan(0);
  });

  it("gives back every type as it came", async () => {
    const inputs: Tensor[] = [
      { name: "f64", datatype: "FP64", shape: [2], data: Float64Array.from([0.1, -1e300]) },
      { name: "i64", datatype: "INT64", shape: [2], data: BigInt64Array.from([-(2n ** 63n), 2n ** 63n - 1n]) },
      { name: "flag", datatype: "BOOL", shape: [2], data: Uint8Array.from([1, 0]) },
      { name: "text", datatype: "BYTES", shape: [2], data: ["Zürich ✈", ""] },
      { name: "u8", datatype: "UINT8", shape: [2], data: Uint8Array.from([0, 255]) },
    ];
    const { outputs } = await runModel(file("echo"), inputs, inputs.map((input) => `${input.name}_out`));
    expect(outputs).toEqual(inputs.map((input) => ({ ...input, name: `${input.name}_out` })));
  });

  it("keeps answering while many ask at once", async () => {
    const answers = await Promise.all(Array.from({ length: 300 }, (_, at) => runModel(file(at % 2 ? "first" : "second"), [features([[at, 1, 2]])], ["probabilities"])));
    for (const [at, { outputs }] of answers.entries()) expect(Number(outputs[0]?.data[1])).toBeCloseTo(expectedScore(at % 2 ? "first" : "second", [at, 1, 2]), 5);
  });

  it("says what is wrong with a file or an input, and lives on", async () => {
    const broken = join(tmpdir(), `slipway-broken-${process.pid}.onnx`);
    writeFileSync(broken, readFileSync(fixturePath("first")).subarray(0, 300));
    await expect(loadModel({ sha256: "broken", path: broken })).rejects.toThrow(Unavailable);
    rmSync(broken);
    await expect(loadModel({ sha256: "gone", path: "/nowhere/model.onnx" })).rejects.toThrow(/can't be loaded/);
    await expect(runModel(file("first"), [{ ...features([[1, 2, 3]]), shape: [3, 1] }], ["label"])).rejects.toThrow(Invalid);
    await expect(loadModel(file("first"))).resolves.toBeUndefined();
  });

  // Ended within a native call, ONNX Runtime would abort the process, and this test with it.
  it("ends between native calls while many wait, and refuses those", async () => {
    const rows = features(Array.from({ length: 20_000 }, () => [1, 2, 3]));
    for (let round = 0; round < 10; round += 1) {
      await loadModel(file("first"));
      const asked = Promise.allSettled(Array.from({ length: 100 }, () => runModel(file("first"), [rows], ["probabilities"])));
      // Two turns: the requests are posted in the first, and the thread has begun with them by the second.
      for (const _ of ["posted", "begun"]) await new Promise(setImmediate);
      await stopInferenceThread();
      for (const one of await asked) expect(one).toMatchObject({ status: "rejected", reason: expect.any(Unavailable) });
    }
  });

  it("takes no third thread while two that were given up have not ended", async () => {
    await loadModel(file("first"));
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    const given = [1, 2].map(() => {
      const asked = expect(loadModel(file("first"))).rejects.toThrow(/did not answer within 60 s/);
      vi.advanceTimersByTime(60_000);
      return asked;
    });
    await expect(loadModel(file("first"))).rejects.toThrow(/hold the inference threads/);
    vi.useRealTimers();
    await Promise.all(given);
    await vi.waitFor(() => loadModel(file("first")), { timeout: 20_000 });
  });

  it("starts a new thread after the last one ended", async () => {
    await stopInferenceThread();
    await expect(loadModel(file("first"))).resolves.toBeUndefined();
  });
});
