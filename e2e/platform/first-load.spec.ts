/** What a browser must fetch before a page is alive stays small: a schema imported for one constant brings a whole validator with it. */
import { gzipSync } from "node:zlib";
import { expect, test } from "../fixtures";
import { project } from "../instance";

/** Bytes, gzipped, of the scripts that a page's own document names. */
const budget = 220_000;
const pages = ["", "/catalog", "/experiments", "/experiments/0", "/experiments/launch", "/experiments/compare", "/evaluations", "/models", "/monitoring", "/compute", "/settings/members", "/settings/audit"];

for (const path of pages) {
  test(`the page ${path || "/"} is alive after at most ${budget / 1000} kB of script`, async ({ page }) => {
    const served = await page.request.get(`/${project}${path}`);
    const scripts = [...(await served.text()).matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag).filter((tag) => !/\bnomodule\b/i.test(tag));
    const sources = new Set(scripts.flatMap((tag) => /\bsrc="([^"]+)"/.exec(tag)?.[1] ?? []));
    expect(sources.size).toBeGreaterThan(3);
    let bytes = 0;
    for (const source of sources) bytes += gzipSync(await (await page.request.get(source)).body()).length;
    expect(bytes).toBeLessThanOrEqual(budget);
  });
}
