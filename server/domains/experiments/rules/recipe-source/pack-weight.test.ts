import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { expect, it } from "vitest";
import { weighPack } from "./pack-weight";

const blob = 3;
const offsetDelta = 6;

function varint(value: number, first: (low: number) => number, bits: number): Buffer {
  const bytes = [first(value % 2 ** bits)];
  for (let rest = Math.floor(value / 2 ** bits); rest > 0; rest = Math.floor(rest / 128)) {
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) | 0x80;
    bytes.push(rest % 128);
  }
  return Buffer.from(bytes);
}

const size = (value: number) => varint(value, (low) => low, 7);
const object = (type: number, content: Buffer, says = content.length, before = Buffer.alloc(0)) => Buffer.concat([varint(says, (low) => (type << 4) | low, 4), before, deflateSync(content)]);

function packOf(...objects: Buffer[]): Buffer {
  const head = Buffer.from("PACK\x00\x00\x00\x02\x00\x00\x00\x00", "latin1");
  head.writeUInt32BE(objects.length, 8);
  return Buffer.concat([head, ...objects, Buffer.alloc(20)]);
}

it("adds up every object, and what deltas make", async () => {
  const delta = Buffer.concat([size(5), size(70_000), Buffer.from([0x90, 5])]);
  expect(await weighPack(packOf(object(blob, Buffer.from("hello")), object(blob, Buffer.alloc(300_000)), object(offsetDelta, delta, delta.length, Buffer.from([14]))), 1e6)).toBe(5 + 300_000 + delta.length + 70_000);
});

it.each([
  ["an object that inflates to more", packOf(object(blob, Buffer.alloc(2_000_000)))],
  ["many that do so together", packOf(...Array.from({ length: 20 }, () => object(blob, Buffer.alloc(60_000))))],
  ["a delta that makes more", packOf(object(offsetDelta, Buffer.concat([size(5), size(2 ** 40)]), undefined, Buffer.from([14])))],
])("%s is too heavy", async (_, pack) => {
  await expect(weighPack(pack, 1e6)).rejects.toMatchObject({ kind: "heavy" });
});

it.each([
  ["no pack", Buffer.from("hello, this is none")],
  ["an object that is longer than it says", packOf(object(blob, Buffer.alloc(500_000), 10))],
  ["an object that is shorter than it says", packOf(object(blob, Buffer.from("short"), 100))],
  ["an end before the last object", packOf(object(blob, Buffer.from("x"))).subarray(0, 13)],
  ["a size without an end", Buffer.concat([packOf(object(blob, Buffer.from("x"))).subarray(0, 12), Buffer.alloc(40, 0xff)])],
])("%s is broken", async (_, pack) => {
  await expect(weighPack(pack, 1e6)).rejects.toMatchObject({ kind: "broken" });
});

it("weighs what git itself packs, deltas among it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "slipway-pack-"));
  const git = (...args: string[]) => execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.test", ...args], { cwd: folder, maxBuffer: 1e8, stdio: ["ignore", "pipe", "ignore"] });
  try {
    git("init", "--quiet");
    const text = Array.from({ length: 5_000 }, (_, line) => `line ${line} ${(line * 7_919) % 1_000}`).join("\n");
    for (const [name, content] of [["a", text], ["b", `${text}\nmore`], ["c", "small"]] as const) writeFileSync(join(folder, name), content);
    git("add", ".");
    git("commit", "--quiet", "-m", "all");
    git("repack", "-adq");
    const pack = git("pack-objects", "--all", "--stdout", "-q");
    const weight = await weighPack(pack, 1e7);
    expect(weight).toBeGreaterThan(2 * text.length);
    expect(weight).toBeLessThan(2.1 * text.length);
    await expect(weighPack(pack, 1.9 * text.length)).rejects.toMatchObject({ kind: "heavy" });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
