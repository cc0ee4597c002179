/** Environments from a wheel made here: nothing is fetched from an index. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { findPythons, usablePythons } from "./find-pythons";
import { EnvironmentFailed, type EnvironmentOrder, environmentKey, prepareEnvironment } from "./python-environment";

// Making an environment takes pip several seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const MAKE_WHEEL = `import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as z:
  z.writestr("slipway_demo.py", "ANSWER = 42\\n")
  z.writestr("slipway_demo-1.0.dist-info/METADATA", "Metadata-Version: 2.1\\nName: slipway-demo\\nVersion: 1.0\\n")
  z.writestr("slipway_demo-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
  z.writestr("slipway_demo-1.0.dist-info/RECORD", "")`;

let folder: string;
let requirements: Buffer;
let order: EnvironmentOrder;
let log = "";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "slipway-venv-"));
  const [python] = await usablePythons();
  if (!python) throw new Error("these tests need Python 3.10 or newer with venv");
  const wheel = join(folder, "slipway_demo-1.0-py3-none-any.whl");
  execFileSync(python.path, ["-c", MAKE_WHEEL, wheel]);
  const sha256 = createHash("sha256").update(readFileSync(wheel)).digest("hex");
  requirements = Buffer.from(`slipway-demo @ file://${wheel} --hash=sha256:${sha256}\n`);
  const write = (bytes: Buffer) => {
    log += bytes.toString();
  };
  order = {
    stateFolder: folder,
    requirements,
    python,
    uv: false,
    env: {},
    log: write,
    signal: new AbortController().signal,
  };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const folders = () => readdirSync(join(folder, "venvs")).sort();

describe("prepareEnvironment", () => {
  it("builds once for all who ask at once, and publishes it whole", async () => {
    const paths = await Promise.all([prepareEnvironment(order), prepareEnvironment(order), prepareEnvironment(order)]);
    expect(new Set(paths).size).toBe(1);
    const [path = ""] = paths;
    expect(
      execFileSync(join(path, "bin/python"), ["-c", "import slipway_demo; print(slipway_demo.ANSWER)"]).toString(),
    ).toBe("42\n");
    expect(log.match(/-m venv/g)).toHaveLength(1);
    expect(folders()).toHaveLength(2);
    log = "";
    expect(await prepareEnvironment(order)).toBe(path);
    expect(log).toBe("");
  });

  it("a wrong hash fails with the log kept, and nothing is published or left locked", async () => {
    log = "";
    const wrong = Buffer.from(requirements.toString().replace(/sha256:../, "sha256:00"));
    await expect(prepareEnvironment({ ...order, requirements: wrong })).rejects.toBeInstanceOf(EnvironmentFailed);
    expect(log).toMatch(/ERROR.*HASHES/);
    expect(folders().filter((name) => name.endsWith(".lock"))).toEqual([]);
    expect(folders().filter((name) => !name.includes("."))).toHaveLength(1);
  });

  it.each([
    ["died", JSON.stringify({ pid: 4_000_000, startTicks: 1, boot: "" })],
    ["found the disk full", ""],
  ])("a builder that %s gives way, and its leftovers go", async (how, lock) => {
    const empty = Buffer.from(`# nothing, by one that ${how}\n`);
    const key = environmentKey(empty, order.python.version);
    writeFileSync(join(folder, "venvs", `${key}.lock`), lock);
    writeFileSync(join(folder, "venvs", `${key}.deadbeef`), "half built");
    const path = await prepareEnvironment({ ...order, requirements: empty });
    expect(existsSync(join(path, "bin/python"))).toBe(true);
    expect(existsSync(join(folder, "venvs", `${key}.deadbeef`))).toBe(false);
  });

  it("stops when it is told to", async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(
      prepareEnvironment({ ...order, requirements: Buffer.from("# other\n"), signal: stop.signal }),
    ).rejects.toThrow();
  });
});

it("finds Pythons, or none where there are none", async () => {
  expect(await findPythons("no-such-python")).toEqual([]);
  expect((await findPythons())[0]?.version).toMatch(/^3\.\d+\.\d+$/);
});
