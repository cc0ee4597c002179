import { describe, expect, test } from "vitest";
import { artifactHref, filesBeside, kindOfArtifact } from "./artifact-kind";
import { missingTraces, readJson } from "./preview/read-json";
import { previewCsv } from "./preview/parse-csv";

const read = (text: string, more: Partial<Parameters<typeof previewCsv>[1]> = {}) => previewCsv(text, { separator: ",", isWhole: true, rows: 10, ...more });

describe("previewCsv", () => {
  test("reads quotes, doubled quotes and line ends inside them", () => {
    expect(read('a,b\r\n"x, y","say ""hi"""\n1,"two\nlines"\n')).toEqual({
      header: ["a", "b"],
      rows: [["x, y", 'say "hi"'], ["1", "two\nlines"]],
      isCut: false,
    });
  });

  test("shows so many rows, and drops the line that the end of the head cuts", () => {
    expect(read("a\n1\n2\n3\n", { rows: 2 })).toMatchObject({ rows: [["1"], ["2"]], isCut: true });
    expect(read("a\n1\n2", { isWhole: false })).toMatchObject({ rows: [["1"]], isCut: true });
    expect(read("")).toEqual({ header: [], rows: [], isCut: false });
  });
});

test.each([
  ["plots/roc.PNG", "image"],
  ["a.csv", "csv"],
  ["model/MLmodel", "text"],
  ["x.svg", "text"],
  ["report.html", "html"],
  ["notes/README.md", "markdown"],
  ["part-0.parquet", "parquet"],
  ["model/model.onnx", "onnx"],
  ["model.bin", "other"],
])("%s is shown as %s", (path, kind) => expect(kindOfArtifact(path)).toBe(kind));

test("addresses stay below the run's root, and every part is encoded", () => {
  expect(artifactHref("default", "mlflow-artifacts:/3/ab/artifacts", "plots/a b#1.png")).toBe(
    "/api/2.0/mlflow-artifacts/artifacts/3/ab/artifacts/plots/a%20b%231.png?project=default",
  );
  expect(artifactHref("default", "s3://bucket/x", "a")).toBe(null);
});

describe("readJson", () => {
  test("a table as mlflow.log_table writes it", () => {
    expect(readJson('{"columns": ["q", 2], "data": [["a", 1.5], [null, {"x": [1]}]]}')).toEqual({ kind: "table", header: ["q", "2"], rows: [["a", "1.5"], [null, '{"x":[1]}']] });
  });

  test("a Plotly figure, and which of its traces cannot be drawn", () => {
    const read = readJson('{"data": [{"y": [1, 2]}, {"type": "heatmap", "z": [[1]]}], "layout": {}}');
    expect(read.kind).toBe("plotly");
    if (read.kind === "plotly") expect(missingTraces(read.figure)).toEqual(["heatmap"]);
  });

  test("anything else is text, laid out where it parses", () => {
    expect(readJson('{"a":1}')).toEqual({ kind: "text", text: '{\n  "a": 1\n}' });
    expect(readJson('{"data": [], "layout": {}}').kind).toBe("text");
    expect(readJson("{")).toEqual({ kind: "text", text: "{" });
    expect(readJson('{"id":12345678901234567890}')).toEqual({ kind: "text", text: '{"id":12345678901234567890}' });
    expect(readJson('{"columns": ["id"], "data": [[12345678901234567890], [0.5]]}')).toMatchObject({ rows: [["12345678901234567890"], ["0.5"]] });
  });
});

test.each([
  ["plot.png", "?path=docs/plot.png", "/docs/plot.png"],
  ["../data.csv", "?path=data.csv", "/data.csv"],
  ["a b.png", "?path=docs/a%20b.png", "/docs/a%20b.png"],
  ["a+b&c.png", "?path=docs/a%2Bb%26c.png", "/docs/a+b&c.png"],
  ["50%25.png", "?path=docs/50%25.png", "/docs/50%25.png"],
  ["../../../../other/run.png", "?path=other/run.png", "/other/run.png"],
])("what a Markdown file names beside itself, %s, is another file of the same artifacts", (named, page, content) => {
  const beside = filesBeside("docs/README.md", artifactHref("default", "mlflow-artifacts:/3/ab/artifacts", "docs/README.md") ?? "");
  expect(beside(named)).toEqual({ page, content: `/api/2.0/mlflow-artifacts/artifacts/3/ab/artifacts${content}?project=default` });
});
