import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanArtifactPath, pathOfArtifactUri } from "./artifact-path";

describe("cleanArtifactPath", () => {
  it.each([["a/b.txt", "a/b.txt"], ["", ""], [".", ""], ["folder/", "folder"], ["ünï/ж.bin", "ünï/ж.bin"], ["a b/c", "a b/c"], ["..a/b", "..a/b"]])("keeps %s", (path, expected) => {
    expect(cleanArtifactPath(path)).toBe(expected);
  });

  it.each([
    "/etc/passwd", "../x", "a/../../x", "a/..", "..", "./a", "a//b", "a/./b", "~/x", "file:///etc/passwd", "http://x/y", "a\\..\\b", "..\\x", "%2e%2e/x", "a/%2E%2E/b", "a%2fb", "a%5cb", "%252e%252e/x", "a%00b",
    "a\u0000b", "a\nb", `${"x".repeat(1_001)}`, "C:\\x", "\ud800",
  ])("refuses %j", (path) => {
    expect(() => cleanArtifactPath(path)).toThrow(/Invalid path/);
  });

  it("gives nothing that leads out of the root, whatever is sent", () => {
    const part = fc.constantFrom("..", ".", "", "a", "%2e%2e", "%252e", "\\", "~", "b c", "\u0000");
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
        let clean = "";
        try {
          clean = cleanArtifactPath(parts.join("/"));
        } catch {
          return;
        }
        expect(clean.startsWith("/")).toBe(false);
        expect(clean.split("/")).not.toContain("..");
        expect(clean).not.toMatch(/%2e|%2f|%5c|\\/i);
      }),
    );
  });
});

it.each([["mlflow-artifacts:/1/abc/artifacts", "1/abc/artifacts"], ["mlflow-artifacts://host/1/x", "1/x"], ["s3://bucket/x", null], ["/local/x", null]])("finds the path in %s", (uri, path) => {
  expect(pathOfArtifactUri(uri)).toBe(path);
});
