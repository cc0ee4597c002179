import { expect, it } from "vitest";
import { withoutCredentials } from "./remote-url";

it.each([
  ["https://me:secret@git.example/a/b.git", "https://git.example/a/b.git"],
  ["https://ghp_token@git.example/a.git", "https://git.example/a.git"],
  ["https://me:p@ss@git.example/a.git", "https://git.example/a.git"],
  ["ssh://git@git.example:22/a.git", "ssh://git.example:22/a.git"],
  ["git@git.example:a/b.git", "git@git.example:a/b.git"],
  ["https://git.example/a@b.git", "https://git.example/a@b.git"],
  ["../local", "../local"],
])("%s is kept as %s", (remote, kept) => {
  expect(withoutCredentials(remote)).toBe(kept);
});
