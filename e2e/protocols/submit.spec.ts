/** `slipway submit` in a folder of a repository: the command runs on an agent, with the code as it lies there, commit and changes with it. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "../fixtures";
import { baseUrl, connect, project, python } from "../instance";

const run = promisify(execFile);

test("a command without a recipe runs with its folder's code, and the run tells commit and changes", async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), "slipway-submit-"));
  try {
    const git = (...args: string[]) => run("git", ["-C", folder, "-c", "user.name=a", "-c", "user.email=a@example.test", ...args]);
    writeFileSync(join(folder, "train.py"), "print('as committed')\n");
    await git("init", "-q", "-b", "main");
    await git("add", ".");
    await git("commit", "-q", "-m", "one");
    await git("remote", "add", "origin", "https://me:hidden@git.example/a.git");
    writeFileSync(join(folder, "train.py"), "import sys\nprint('as changed', *sys.argv[1:])\n");
    const { stdout: commit } = await git("rev-parse", "HEAD");
    const env = { NODE_ENV: "test" as const, PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "", SLIPWAY_URL: baseUrl, SLIPWAY_TOKEN: connect.SLIPWAY_TOKEN ?? "", PYTHONPATH: resolve("sdk/python") };
    const submit = (...args: string[]) => run(python, ["-m", "slipway", "submit", "--no-environment", "--experiment", "submitted", ...args], { cwd: folder, env });
    const { stdout, stderr } = await submit("--follow", "--name", "by hand", "--", "python3", "train.py", "--lr", "0.1");
    expect(stderr).toContain("as changed --lr 0.1");
    const id = stdout.trim();
    await page.goto(`/${project}/experiments/runs/${id}/artifacts`);
    await expect(page.getByRole("heading", { level: 1, name: "by hand" })).toBeVisible();
    await expect(page.getByText("changes.diff")).toBeVisible();
    await page.goto(`/${project}/experiments/runs/${id}/code`);
    await expect(page.getByText("python3 train.py --lr 0.1")).toBeVisible();
    await expect(page.getByText("print('as changed'")).toBeVisible();
    const read = await fetch(`${baseUrl}/api/2.0/mlflow/runs/get?run_id=${id}`, { headers: { authorization: `Bearer ${connect.SLIPWAY_TOKEN}` } });
    const text = await read.text();
    expect(text).toContain(commit.trim());
    expect(text).not.toContain("hidden");
    const failed = await submit("--follow", "--", "python3", "-c", "import sys; sys.exit(3)").catch((error) => error);
    expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining("exit code 3") });
    const refused = await submit("--memory", "lots", "--", "true").catch((error) => error);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("resources.memory") });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
