/** Two sets of files held against each other: which differ, line by line, and which packages changed; pure. */
import { structuredPatch } from "diff";
import type { CodeFile } from "@/server/domains/experiments/contract/run-code";

export type Change = "same" | "changed" | "added" | "removed";

export type FilePair = { path: string; change: Change; base: CodeFile | null; other: CodeFile | null };

const ranks: Record<Change, number> = { changed: 0, added: 1, removed: 2, same: 3 };

/** Files that differ first, each group by path. Two that are not shown are the same if their sizes are; more is not known here. */
export function pairFiles(base: readonly CodeFile[], other: readonly CodeFile[]): FilePair[] {
  const paths = [...new Set([...base, ...other].map(({ path }) => path))].sort();
  const pairs = paths.map((path): FilePair => {
    const [left, right] = [base.find((file) => file.path === path) ?? null, other.find((file) => file.path === path) ?? null];
    const change = !left ? "added" : !right ? "removed" : left.text === right.text && left.size === right.size ? "same" : "changed";
    return { path, change, base: left, other: right };
  });
  return pairs.sort((a, b) => ranks[a.change] - ranks[b.change]);
}

export type DiffLine = { kind: "same" | "added" | "removed"; text: string; before: number | null; after: number | null };

export type Hunk = { title: string; lines: DiffLine[] };

const longest = 400_000;

/** Hunks with three lines around each change; null where the texts are too long to be held against each other here. */
export function diffTexts(before: string, after: string): Hunk[] | null {
  if (before.length + after.length > longest) return null;
  const patch = structuredPatch("", "", before, after, undefined, undefined, { context: 3, timeout: 2_000 });
  return (
    patch?.hunks.map(({ oldStart, newStart, oldLines, newLines, lines }) => {
      let [old, next] = [oldStart, newStart];
      const numbered = lines.filter((line) => !line.startsWith("\\")).map((line): DiffLine => {
        const text = line.slice(1);
        if (line.startsWith("+")) return { kind: "added", text, before: null, after: next++ };
        if (line.startsWith("-")) return { kind: "removed", text, before: old++, after: null };
        return { kind: "same", text, before: old++, after: next++ };
      });
      return { title: `@@ −${oldStart},${oldLines} +${newStart},${newLines} @@`, lines: numbered };
    }) ?? null
  );
}

export type PackageChange = { name: string; base: string | null; other: string | null };

const requirement = /^\s*(?:-\s+)?([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?\s*(?:(===?|~=|!=|>=|<=|>|<|=)\s*([^\s;#,\\]+))?/;

/** Packages of requirements files and conda's lists; names are compared as pip does. */
export function packagesOf(text: string): Map<string, string> {
  const packages = new Map<string, string>();
  for (const line of text.split("\n")) {
    if (/^\s*(#|--|-r\b|-e\b|-c\b|$)/.test(line) || /:\s*$/.test(line) || /^\s*(name|channels|prefix|dependencies)\s*:/.test(line)) continue;
    const [, name, sign, version] = requirement.exec(line) ?? [];
    if (name) packages.set(name.toLowerCase().replace(/[._-]+/g, "-"), version ? (sign === "==" || sign === "=" ? version : `${sign}${version}`) : "any");
  }
  return packages;
}

/** Packages whose version differs, or that one of them lacks. */
export function packageChanges(base: string, other: string): PackageChange[] {
  const [left, right] = [packagesOf(base), packagesOf(other)];
  const names = [...new Set([...left.keys(), ...right.keys()])].sort();
  return names.flatMap((name) => (left.get(name) === right.get(name) ? [] : [{ name, base: left.get(name) ?? null, other: right.get(name) ?? null }]));
}
