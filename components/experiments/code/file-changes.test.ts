import { expect, test } from "vitest";
import { diffTexts, packageChanges, packagesOf, pairFiles } from "./file-changes";

const file = (path: string, text: string | null) => ({ path, text, size: text?.length ?? 3 });

test("files that differ come first", () => {
  const pairs = pairFiles([file("a.py", "1"), file("b.py", "1"), file("old.py", "1")], [file("a.py", "1"), file("b.py", "2"), file("new.py", "1")]);
  expect(pairs.map(({ path, change }) => [path, change])).toEqual([["b.py", "changed"], ["new.py", "added"], ["old.py", "removed"], ["a.py", "same"]]);
});

test("lines with their numbers on both sides", () => {
  const [hunk] = diffTexts("a\nb\nc\n", "a\nx\nc\nd\n") ?? [];
  expect(hunk?.lines).toEqual([
    { kind: "same", text: "a", before: 1, after: 1 },
    { kind: "removed", text: "b", before: 2, after: null },
    { kind: "added", text: "x", before: null, after: 2 },
    { kind: "same", text: "c", before: 3, after: 3 },
    { kind: "added", text: "d", before: null, after: 4 },
  ]);
  expect(diffTexts("same\n", "same\n")).toEqual([]);
  expect(diffTexts("x".repeat(300_000), "y".repeat(300_000))).toBe(null);
});

test("packages of pip and conda, with hashes, extras, markers and comments", () => {
  const text = "# made by pip\nNumPy==2.1.0 \\\n    --hash=sha256:aa\nscikit_learn[alldeps]>=1.5 ; python_version > '3'\nplain\n-r other.txt\ndependencies:\n- python=3.11.2\n- pip:\n  - torch==2.4\n";
  expect([...packagesOf(text)]).toEqual([["numpy", "2.1.0"], ["scikit-learn", ">=1.5"], ["plain", "any"], ["python", "3.11.2"], ["torch", "2.4"]]);
  expect(packageChanges("a==1\nb==1\nc==1", "a==1\nb==2\nd==1")).toEqual([{ name: "b", base: "1", other: "2" }, { name: "c", base: "1", other: null }, { name: "d", base: null, other: "1" }]);
});
