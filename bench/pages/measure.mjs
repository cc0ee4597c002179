// One load of one page in a fresh browser context: bytes of script, TTFB, LCP, CLS, and INP over what a person would do.

/** Runs in the page before anything else: keeps what the browser reports. */
function observe() {
  const seen = { lcp: 0, cls: 0, inp: 0 };
  window.__seen = seen;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.lcp = entry.startTime;
  }).observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.cls += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.interactionId) seen.inp = Math.max(seen.inp, entry.duration);
  }).observe({ type: "event", buffered: true, durationThreshold: 16 });
}

/** Scripts that the document itself names, gzipped: what must arrive before the page is alive. Polyfills aside. */
async function firstLoadBytes(page, context) {
  const sources = await page.evaluate(() => window.__firstScripts);
  let bytes = 0;
  for (const source of sources) {
    const response = await context.request.get(source, { headers: { "accept-encoding": "gzip" } });
    bytes += Number(response.headers()["content-length"] ?? 0) || (await gzippedSize(await response.body()));
  }
  return bytes;
}

async function gzippedSize(body) {
  const { gzipSync } = await import("node:zlib");
  return gzipSync(body).length;
}

/** Opens menus, the palette and its search by keyboard and pointer, as people do. */
async function interact(page) {
  await page.keyboard.press("Tab");
  const buttons = page.locator("main button:visible:enabled, header button:visible:enabled");
  const count = Math.min(4, await buttons.count());
  for (let index = 0; index < count; index += 1) {
    await buttons.nth(index).click({ timeout: 2_000, trial: true }).catch(() => undefined);
    await buttons.nth(index).hover({ timeout: 1_000 }).catch(() => undefined);
  }
  await page.keyboard.press("Control+k");
  await page.keyboard.type("flight", { delay: 30 });
  await page.keyboard.press("Escape");
  const field = page.locator("main input:visible").first();
  if (await field.count()) await field.pressSequentially("metrics", { delay: 30, timeout: 2_000 }).catch(() => undefined);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0))));
}

export async function measurePage(browser, url, storageState) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...(storageState ? { storageState } : {}) });
  try {
    const page = await context.newPage();
    let scriptBytes = 0;
    page.on("response", async (response) => {
      if (response.request().resourceType() !== "script") return;
      const sizes = await response.request().sizes().catch(() => null);
      scriptBytes += sizes?.responseBodySize ?? 0;
    });
    await page.addInitScript(observe);
    await page.addInitScript(() => {
      document.addEventListener("DOMContentLoaded", () => {
        window.__firstScripts = [...document.querySelectorAll("script[src]:not([nomodule])")].map((script) => script.src);
      });
    });
    await page.goto(url, { waitUntil: "load" });
    await page.waitForLoadState("networkidle", { timeout: 5_000 }).catch(() => undefined);
    const ttfb = await page.evaluate(() => {
      const [entry] = performance.getEntriesByType("navigation");
      return entry.responseStart - entry.requestStart;
    });
    const before = await page.evaluate(() => ({ ...window.__seen }));
    if (storageState) await interact(page);
    const { inp } = await page.evaluate(() => window.__seen);
    return { firstKb: (await firstLoadBytes(page, context)) / 1000, allKb: scriptBytes / 1000, ttfb, lcp: before.lcp, cls: before.cls, inp };
  } finally {
    await context.close();
  }
}
