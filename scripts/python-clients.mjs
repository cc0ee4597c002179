// The real clients that the protocol tests use, in a virtual environment kept beside node_modules; made once a lock file.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runQuietly } from "./packages.mjs";

async function findPython() {
  for (const name of ["python3", "python3.13", "python3.12", "python3.11", "python3.10", "python"]) {
    const version = await runQuietly(name, ["-c", "import sys; print('%d.%d' % sys.version_info[:2])"]).catch(() => "");
    const [major, minor] = version.trim().split(".").map(Number);
    if (major === 3 && minor >= 10) return name;
  }
  throw new Error("The protocol tests need Python 3.10 or newer: install it, then run the command again.");
}

/** @param {string} name of the requirements file in `from`, and of the environment */
export async function ensurePythonClients(root, name, from = join("e2e", "python")) {
  const requirements = join(root, from, `${name}.txt`);
  const folder = join(root, "node_modules", ".cache", `slipway-python-${name}`);
  const stamp = join(folder, ".stamp");
  const hash = createHash("sha256").update(readFileSync(requirements)).digest("hex");
  const python = join(folder, "bin", "python");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return python;
  await runQuietly(await findPython(), ["-m", "venv", "--clear", folder]);
  await runQuietly(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements]);
  writeFileSync(stamp, hash);
  return python;
}
