import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { packCode, type SourceFile } from "./pack-code";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** The bytes that the Python SDK would send of these files. */
function packedBySdk(files: readonly SourceFile[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "slipway-pack-"));
  folders.push(folder);
  for (const { path, executable, content } of files) {
    const to = join(folder, path);
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, content);
    chmodSync(to, executable ? 0o755 : 0o644);
  }
  const code = "import sys; from slipway.source import pack_folder; sys.stdout.buffer.write(pack_folder(sys.argv[1]))";
  return execFileSync("python3", ["-c", code, folder], { env: { ...process.env, PYTHONPATH: join(process.cwd(), "sdk/python") }, maxBuffer: 2 ** 28 });
}

const file = (path: string, content: string | Buffer, executable = false): SourceFile => ({ path, executable, content: Buffer.from(content) });
const noise = (bytes: number) => Buffer.concat(Array.from({ length: bytes / 32 }, (_, index) => createHash("sha256").update(String(index)).digest()));
const words = Array.from({ length: 40_000 }, (_, index) => `row ${index % 977} of ${(index * 7919) % 613}\n`).join("");

test.each([
  ["a recipe", [file("recipe.yaml", "kind: recipe\n"), file("train.py", "print(1)\n"), file("run.sh", "#!/bin/sh\n", true), file("empty.txt", "")]],
  ["what is left out", [file("a.py", "1"), file("__pycache__/a.pyc", "x"), file("b.pyc", "x"), file(".git/HEAD", "x"), file("node_modules/m/i.js", "x"), file(".venv/x", "x"), file("sub/.ipynb_checkpoints/n", "x")]],
  ["names of any script and length", [file("modèle.py", "1"), file("数据/训练.py", "2"), file("\u{1f600}.txt", "3"), file("\uffee.txt", "4"), file(`${"deep/".repeat(30)}file.py`, "5"), file(`${"x".repeat(100)}`, "6"), file(`${"y".repeat(101)}`, "7"), file("A", "8"), file("a-b", "10"), file("a/b", "11")]],
  ["content that compresses, and content that does not", [file("words.txt", words), file("noise.bin", noise(700_000 - (700_000 % 32))), file("zeros.bin", Buffer.alloc(1_000_001))]],
  ["exactly a record", [file("a", Buffer.alloc(10_240 - 512 - 1024))]],
])("the SDK's bytes of %s", async (_, files) => {
  const packed = await packCode([...files].reverse());
  expect(packed.equals(packedBySdk(files))).toBe(true);
});
