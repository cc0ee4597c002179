import { expect, test } from "vitest";
import { toCsv } from "./to-csv";

test("quotes what needs it and keeps numbers as they are", () => {
  expect(
    toCsv(
      ["name", "auc"],
      [
        ["wise, heron", 0.7421],
        ['say "hi"', -0.5],
        ["two\nlines", null],
      ],
    ),
  ).toBe('name,auc\r\n"wise, heron",0.7421\r\n"say ""hi""",-0.5\r\n"two\nlines",\r\n');
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=1+1", "\n=1+1", '=HYPERLINK("http://x")'])("%j cannot run as a formula", (cell) => {
  const csv = toCsv(["a"], [[cell]]);
  expect(csv.replace("a\r\n", "").trimEnd()).toBe(`"'${cell.replaceAll('"', '""')}"`);
});

test("a header is defused too, and nothing is written for what is not a number", () => {
  expect(toCsv(["=a"], [[Number.NaN], [undefined], [true]])).toBe('"\'=a"\r\n\r\n\r\ntrue\r\n');
});
