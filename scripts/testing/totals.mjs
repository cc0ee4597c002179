// Counts over all runners, the slowest, and what failed: told once more at the end, for a log of CI is often read from there.
import { readFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";

const linesOfAFailure = 25;

function* specsOf(suite, file = suite.file) {
  for (const spec of suite.specs ?? []) for (const test of spec.tests) yield { title: `${spec.file ?? file} › ${spec.title}`, name: spec.title, test };
  for (const inner of suite.suites ?? []) yield* specsOf(inner, file);
}

export class TestTotals {
  passed = 0;
  failed = 0;
  skipped = 0;
  #slowest = [];
  #failures = [];

  fail(name, message) {
    this.failed += 1;
    this.#failures.push({ name, message });
  }

  skip(name, why) {
    this.skipped += 1;
    process.stdout.write(`SKIPPED ${name}: ${why}\n`);
  }

  addVitest(path, root) {
    const report = JSON.parse(readFileSync(path, "utf8"));
    this.passed += report.numPassedTests;
    this.skipped += report.numPendingTests + report.numTodoTests;
    for (const file of report.testResults) {
      const name = file.name.replace(root, "");
      if (file.status === "failed" && file.assertionResults.length === 0) this.fail(name, file.message);
      for (const test of file.assertionResults) {
        this.#slowest.push({ name: test.fullName, ms: test.duration ?? 0 });
        if (test.status === "failed") this.fail(`${name} › ${test.fullName}`, test.failureMessages.join("\n"));
      }
    }
  }

  addPlaywright(path) {
    const report = JSON.parse(readFileSync(path, "utf8"));
    for (const suite of report.suites) {
      for (const { title, name, test } of specsOf(suite)) {
        this.#slowest.push({ name, ms: test.results.reduce((sum, result) => sum + result.duration, 0) });
        if (test.status === "skipped") this.skipped += 1;
        else if (test.status === "unexpected") this.fail(title, test.results.flatMap((result) => result.errors.map((error) => error.message ?? "")).join("\n"));
        else this.passed += 1;
      }
    }
    for (const error of report.errors) this.fail("playwright", error.message ?? "");
  }

  print() {
    if (this.#slowest.length > 0) {
      process.stdout.write("\nThe slowest:\n");
      for (const { name, ms } of this.#slowest.sort((a, b) => b.ms - a.ms).slice(0, 10)) process.stdout.write(`  ${(ms / 1000).toFixed(1).padStart(6)} s  ${name}\n`);
    }
    if (this.#failures.length > 0) {
      process.stdout.write("\nWhat failed:\n");
      for (const { name, message } of this.#failures) {
        const lines = stripVTControlCharacters(message).split("\n").slice(0, linesOfAFailure);
        process.stdout.write(`  ${name}\n${lines.map((line) => `      ${line}\n`).join("")}`);
      }
    }
    process.stdout.write(`\n${this.passed} passed, ${this.failed} failed, ${this.skipped} skipped\n`);
  }
}
