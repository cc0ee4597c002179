/** Runs the Python client's own tests, so that one command runs all. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const sdk = join(import.meta.dirname, "..");

it("passes its unit tests against a real HTTP server", async () => {
  const env = { ...process.env, PYTHONPATH: sdk, PYTHONDONTWRITEBYTECODE: "1" };
  const args = ["-W", "error::ResourceWarning", "-m", "unittest", "discover", "-s", "tests"];
  const { stderr } = await promisify(execFile)("python3", args, { cwd: sdk, env });
  expect(stderr).toMatch(/Ran \d+ tests in .*\n\nOK\n$/);
});
