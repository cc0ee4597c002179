import { toJsxRuntime } from "hast-util-to-jsx-runtime";
import { Fragment, jsx, jsxs } from "react/jsx-runtime";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { readMarkdown } from "./read-markdown";

const read = (text: string) => readMarkdown({ text, prefix: "one-" });

function htmlOf(text: string): string {
  const done = read(text);
  return "tree" in done ? renderToStaticMarkup(toJsxRuntime(done.tree, { Fragment, jsx, jsxs })).replaceAll("\n", "").replaceAll(/<link[^>]*>/g, "") : done.fault;
}

describe("what is shown", () => {
  it.each([
    ["**bold** and `code`", "<p><strong>bold</strong> and <code>code</code></p>"],
    ["| a |\n| -: |\n| 1 |", '<table><thead><tr><th style="text-align:right">a</th></tr></thead><tbody><tr><td style="text-align:right">1</td></tr></tbody></table>'],
    ["- [x] done", '<ul class="contains-task-list"><li class="task-list-item"><input type="checkbox" disabled="" checked=""/> done</li></ul>'],
    ["a <b onclick=x>b</b>", "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>"],
    ["<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"],
    ["[x](javascript:alert(1))", "<p><a>x</a></p>"],
    ["[x](JaVaScRiPt:alert(1)) [y](data:text/html,1) [z](vbscript:1)", "<p><a>x</a> <a>y</a> <a>z</a></p>"],
    ["![p](plot.png)", '<p><img src="plot.png" alt="p"/></p>'],
    ["![p](data:image/png;base64,AA)", '<p><img alt="p"/></p>'],
  ])("%s", (text, html) => expect(htmlOf(text)).toBe(html));

  it("keeps a footnote and its way back, under ids of this text alone", () => {
    const html = htmlOf("a[^n]\n\n[^n]: the note");
    for (const part of ['href="#one-fn-n"', 'id="one-fnref-n"', 'id="one-fn-n"', 'href="#one-fnref-n"', 'aria-describedby="one-footnote-label"', 'id="one-footnote-label"']) expect(html).toContain(part);
  });
});

it.each([
  ["> ".repeat(3_000) + "x", "deep"],
  ["- ".repeat(1_000) + "x", "deep"],
  ["> ".repeat(101) + "x", "deep"],
  ["a\n\n".repeat(16_000), "large"],
])("what no page could hold is told, not shown (%#)", (text, fault) => expect(read(text)).toEqual({ fault }));
