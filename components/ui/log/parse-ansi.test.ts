import { expect, test } from "vitest";
import { parseAnsi, plainText } from "./parse-ansi";

const ESC = "\u001b";

test("colours and weights become segments and end with a reset", () => {
  expect(parseAnsi(`plain ${ESC}[1;31mbad${ESC}[0m ${ESC}[92mgood${ESC}[m.`)).toEqual([
    { text: "plain ", style: {} },
    { text: "bad", style: { bold: true, color: "var(--failed)" } },
    { text: " ", style: {} },
    { text: "good", style: { color: "var(--succeeded)" } },
    { text: ".", style: {} },
  ]);
});

test("256 and true colours are drawn towards the ink; broken ones change nothing else", () => {
  expect(parseAnsi(`${ESC}[38;5;196mx`)[0]?.style.color).toContain("rgb(255 0 0)");
  expect(parseAnsi(`${ESC}[38;5;2mx`)[0]?.style.color).toBe("var(--succeeded)");
  expect(parseAnsi(`${ESC}[38;2;1;2;999mx`)[0]?.style.color).toContain("rgb(1 2 255)");
  expect(parseAnsi(`${ESC}[38mx`)).toEqual([{ text: "x", style: { color: undefined } }]);
});

test("an OSC 8 link keeps its text and loses its target", () => {
  const link = `see ${ESC}]8;;javascript:alert(1)${ESC}\\the docs${ESC}]8;;${ESC}\\ now`;
  expect(plainText(link)).toBe("see the docs now");
  expect(
    parseAnsi(link)
      .map((segment) => segment.text)
      .join(""),
  ).toBe("see the docs now");
  expect(plainText(`${ESC}]0;window title\u0007text`)).toBe("text");
  expect(plainText(`text ${ESC}]8;;http://never-ended`)).toBe("text ");
});

test("markup stays text", () => {
  const evil = `<script>alert(1)</script><img src=x onerror=alert(1)>`;
  expect(parseAnsi(evil)).toEqual([{ text: evil, style: {} }]);
});

test("cursor movement, other controls and direction overrides vanish", () => {
  expect(plainText(`${ESC}[2K${ESC}[1Ga\u0007b\u0008c${ESC}(B\u202ed\u0000`)).toBe("abcd");
  expect(plainText(`lone escape ${ESC}`)).toBe("lone escape ");
  expect(plainText("tab\tstays")).toBe("tab\tstays");
});

test("a carriage return overwrites", () => {
  expect(plainText(" 10%\r 50%\r100%")).toBe("100%");
  expect(plainText("done\r")).toBe("done");
});
