// The compare page in a real Chromium: from the answer to the painted lines, and from the end of a drag to finer ones.
import { paintAfter } from "../browser/paints.mjs";
import { median, quantile, table } from "../statistics.mjs";

const withinMs = 20_000;

/** Polls in the page, so that the wait costs it nothing worth measuring. */
async function untilPainted(page, asked) {
  const handle = await page.waitForFunction(paintAfter, asked, { polling: 50, timeout: withinMs });
  return handle.jsonValue();
}

/** Drags over 1 % of the plot's width; a plot under 400 pixels could not be asked for less by hand. */
async function zoom(page, lines) {
  const plot = page.locator(".u-over").first();
  await plot.scrollIntoViewIfNeeded();
  const box = await plot.boundingBox();
  const from = box.x + box.width * 0.37;
  await page.mouse.move(from, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(from + Math.max(5, box.width * 0.01), box.y + box.height / 2, { steps: 3 });
  await page.evaluate(() => addEventListener("mouseup", () => (window.__released = performance.now()), { capture: true, once: true }));
  await page.mouse.up();
  const since = await page.evaluate(() => window.__released);
  const { answered, painted } = await untilPainted(page, { procedure: "readPackedCurves", lines, since });
  const redrawn = await page.evaluate((at) => window.__paints.find((paint) => paint.begun >= at)?.at ?? null, since);
  return { redrawn: redrawn - since, answered: answered - since, painted: painted - since };
}

export async function paintCompare(session, set, { lines, loads }) {
  const found = [];
  for (let load = 0; load < loads; load += 1) {
    const page = await session.context.newPage();
    await page.goto(`${session.url}/${session.project}/experiments/compare?set=${set}&find=loss`);
    const first = await untilPainted(page, { procedure: "readPackedCurves", lines, since: 0 });
    await page.waitForLoadState("networkidle");
    found.push({ first, zoom: await zoom(page, lines) });
    await page.close();
  }
  const of = (read) => found.map(read);
  const row = (name, values) => [name, median(values).toFixed(0), quantile(values, 0.95).toFixed(0)];
  const first = of(({ first: one }) => one.painted - one.answered);
  const finer = of(({ zoom: one }) => one.painted);
  return {
    first: median(first),
    zoom: median(finer),
    packed: median(of(({ first: one }) => one.bytes)),
    table: table(["in Chromium", "p50, ms", "p95"], [
      row("the page's address → lines painted", of(({ first: one }) => one.painted)),
      row("asked for curves → answered", of(({ first: one }) => one.answered - one.asked)),
      row("answered → lines painted", first),
      row("drag ended → what is there redrawn", of(({ zoom: one }) => one.redrawn)),
      row("drag ended → finer points answered", of(({ zoom: one }) => one.answered)),
      row("drag ended → finer points painted", finer),
    ]),
  };
}
