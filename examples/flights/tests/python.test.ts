/** Runs the example's own Python tests, so that one command runs all. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const example = join(import.meta.dirname, "..");

it("resumes its steps and replays each flight once", async () => {
  const sdk = join(example, "../../sdk/python");
  const env = { ...process.env, PYTHONPATH: `${sdk}:${example}`, PYTHONDONTWRITEBYTECODE: "1" };
  const { stderr } = await promisify(execFile)("python3", ["-m", "unittest", "discover", "-s", "tests"], {
    cwd: example,
    env,
  });
  expect(stderr).toMatch(/Ran \d+ tests in .*\n\nOK\n$/);
});
