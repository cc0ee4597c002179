import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AttemptFailure } from "../runner/attempt-failure";
import { paxEntry, type TarEntry, tar, tarGz } from "../testing/write-tar";
import { safePath, unpackCode } from "./unpack";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "slipway-unpack-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function unpack(bytes: Buffer, limits?: { maxBytes: number; maxEntries: number }): Promise<string> {
  const archive = join(folder, "code.tar.gz");
  writeFileSync(archive, bytes);
  const target = join(folder, "work");
  rmSync(target, { recursive: true, force: true });
  await unpackCode(archive, target, limits);
  return target;
}

const refusal = (bytes: Buffer, limits?: { maxBytes: number; maxEntries: number }) =>
  unpack(bytes, limits).then(
    () => null,
    (error: unknown) =>
      error instanceof AttemptFailure ? `${error.reason}: ${error.message}` : `unexpected: ${String(error)}`,
  );

describe("unpackCode", () => {
  it("unpacks what tar packs, long names and executables too", async () => {
    const source = join(folder, "source");
    const long = `${"deep/".repeat(20)}${"n".repeat(120)}.py`;
    mkdirSync(join(source, long, ".."), { recursive: true });
    writeFileSync(join(source, long), "print(1)");
    writeFileSync(join(source, "run.sh"), "#!/bin/sh\n", { mode: 0o755 });
    writeFileSync(join(source, "empty"), "");
    writeFileSync(join(source, "big"), Buffer.alloc(3_000_000, 7));
    for (const format of ["gnu", "pax", "ustar"]) {
      const without = format === "ustar" ? ["--exclude=deep"] : [];
      execFileSync("tar", ["-czf", join(folder, "a.tgz"), `--format=${format}`, ...without, "-C", source, "."]);
      const target = await unpack(readFileSync(join(folder, "a.tgz")));
      expect(readFileSync(join(target, "big")).equals(Buffer.alloc(3_000_000, 7))).toBe(true);
      expect(statSync(join(target, "run.sh")).mode & 0o111).not.toBe(0);
      expect(statSync(join(target, "empty")).size).toBe(0);
      if (format !== "ustar") expect(readFileSync(join(target, long), "utf8")).toBe("print(1)");
      rmSync(target, { recursive: true });
    }
  });

  it.each<[string, TarEntry[], RegExp]>([
    ["parent", [{ path: "../canary", body: "x" }], /leads out/],
    ["parent inside", [{ path: "a/../../canary", body: "x" }], /leads out/],
    ["absolute", [{ path: "/tmp/slipway-canary", body: "x" }], /absolute/],
    ["pax parent", [paxEntry({ path: "../canary" }), { path: "ok", body: "x" }], /leads out/],
    [
      "GNU long name",
      [
        { path: "l", type: "L", body: "../canary\0" },
        { path: "ok", body: "x" },
      ],
      /leads out/,
    ],
    [
      "symbolic link",
      [
        { path: "a", type: "2", link: "/etc" },
        { path: "a/passwd", body: "x" },
      ],
      /symbolic link/,
    ],
    ["hard link", [{ path: "a", type: "1", link: "/etc/passwd" }], /hard link/],
    ["device", [{ path: "a", type: "3" }], /device/],
    ["pipe", [{ path: "a", type: "6" }], /pipe/],
    [
      "twice",
      [
        { path: "a", body: "1" },
        { path: "./a", body: "2" },
      ],
      /twice/,
    ],
    [
      "file as folder",
      [
        { path: "a", body: "1" },
        { path: "a/", type: "5" },
      ],
      /file and a folder/,
    ],
    ["broken pax", [{ path: "pax", type: "x", body: "99 path=x\n" }, { path: "a" }], /pax/],
    ["negative size", [paxEntry({ size: "-5" }), { path: "a" }], /unpacks to more/],
    ["absurd size", [paxEntry({ size: "99999999999999999999" }), { path: "a" }], /unpacks to more/],
    ["too deep", [{ path: `${"a/".repeat(45)}b` }, paxEntry({ path: `${"a/".repeat(70)}b` }), { path: "a" }], /deeper/],
  ])("refuses %s", async (_name, entries, why) => {
    const said = await refusal(tarGz(entries));
    expect(said).toMatch(/^code_invalid: The code archive is refused/);
    expect(said).toMatch(why);
    expect(existsSync(join(folder, "canary"))).toBe(false);
    expect(existsSync("/tmp/slipway-canary")).toBe(false);
  });

  it("refuses bombs by their bounds", async () => {
    expect(
      await refusal(tarGz([{ path: "zeros", body: Buffer.alloc(5_000_000) }]), { maxBytes: 1_000_000, maxEntries: 10 }),
    ).toMatch(/more than 1000000 bytes/);
    const many = Array.from({ length: 20 }, (_, i) => ({ path: `f${i}` }));
    expect(await refusal(tarGz(many), { maxBytes: 1_000, maxEntries: 10 })).toMatch(/more than 10 entries/);
  });

  it("refuses what is no gzip, no tar, or cut short", async () => {
    const whole = tarGz([{ path: "a", body: "x".repeat(5_000) }]);
    expect(await refusal(Buffer.from("not gzip"))).toMatch(/code_invalid/);
    expect(await refusal(gzipSync(Buffer.alloc(2_000, 65)))).toMatch(/a number that is none/);
    expect(await refusal(gzipSync(Buffer.alloc(2_000, 0x30)))).toMatch(/checksum/);
    expect(await refusal(whole.subarray(0, whole.length - 20))).toMatch(/code_invalid/);
    expect(await refusal(gzipSync(tar([{ path: "a", body: "x".repeat(5_000) }]).subarray(0, 2_000)))).toMatch(
      /cut short/,
    );
    expect(await refusal(gzipSync(tar([{ path: "a", size: 9_999, body: "short" }])))).toMatch(/code_invalid/);
  });

  it("survives noise: it refuses or unpacks, and never leaves its folder", async () => {
    const honest = tar([{ path: "a/b", body: "hello" }, paxEntry({ path: "long" }), { path: "c", body: "x" }]);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(honest.length - 1), fc.nat(255)), { maxLength: 8 }), async (flips) => {
        const bytes = Buffer.from(honest);
        for (const [at, value] of flips) bytes[at] = value;
        const said = await refusal(gzipSync(bytes));
        expect(said === null || said.startsWith("code_invalid")).toBe(true);
        expect(
          readdirSync(folder)
            .sort()
            .filter((name) => name !== "code.tar.gz" && name !== "work"),
        ).toEqual([]);
        rmSync(join(folder, "work"), { recursive: true, force: true });
      }),
      { numRuns: 150 },
    );
  });
});

describe("safePath", () => {
  it("never leads out, whatever it is given", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("..", ".", "", "a", "%2e%2e", "\u0000", "…"), { maxLength: 8 }), (parts) => {
        const path = parts.join("/");
        let safe: string | null = null;
        try {
          safe = safePath(path);
        } catch (error) {
          expect(error).toBeInstanceOf(AttemptFailure);
          return;
        }
        if (safe === null) return;
        expect(join("/target", safe).startsWith("/target/")).toBe(true);
        expect(safe.split("/")).not.toContain("..");
      }),
    );
  });
});
