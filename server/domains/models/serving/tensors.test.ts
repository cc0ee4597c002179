import { expect, it } from "vitest";
import { keysOf } from "./tensors";

it("takes integer keys as they were sent, also those that no number holds", () => {
  const sent = [7n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 53n + 1n, -(2n ** 63n)];
  const keys = keysOf({ name: "flight", datatype: "INT64", shape: [sent.length], data: BigInt64Array.from(sent) });
  expect(keys.map(String)).toEqual(sent.map(String));
  expect(keys.slice(0, 2)).toEqual([7, Number.MAX_SAFE_INTEGER]);
  expect(keysOf({ name: "flight", datatype: "INT32", shape: [2], data: Int32Array.from([1, -2]) })).toEqual([1, -2]);
});
