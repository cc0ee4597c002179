import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { AttemptFolder } from "./attempt-folder";
import { RunnerLink } from "./runner-link";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "slipway-runner-link-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

it("a runner that comes after it was given up finds the attempt taken", async () => {
  const folder = new AttemptFolder(root);
  const news = await new Promise((resolve) => new RunnerLink(folder, resolve, 1));
  expect(news).toBe("gone");
  expect(folder.takeAsRunner()).toBe(false);
});
