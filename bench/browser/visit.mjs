// One visit of a page in a fresh tab: what the server took for the document and for what the page asked, and when its content was painted.

/** In the page: the frame that first showed what the selector finds. */
function noteContent(selector) {
  window.__content = null;
  const look = () => {
    if (window.__content !== null || !document.querySelector(selector)) return;
    watcher.disconnect();
    window.__afterFrame((at) => {
      window.__content = at;
    });
  };
  const watcher = new MutationObserver(look);
  watcher.observe(document, { subtree: true, childList: true });
}

/** In the page: null until the content and, where lines are wanted, the plots are painted. */
function visited(lines) {
  const first = performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
  const drawn = lines === 0 ? 0 : window.__paints.find((paint) => paint.strokes >= lines)?.at;
  if (window.__content === null || first === undefined || drawn === undefined) return null;
  const [page] = performance.getEntriesByType("navigation");
  return { document: page.responseEnd - page.requestStart, bytes: page.encodedBodySize, painted: Math.max(window.__content, first, drawn) };
}

/** In the page: what it asked of the server. */
const asked = () =>
  performance
    .getEntriesByType("resource")
    .filter((entry) => entry.name.includes("/api/trpc/"))
    .map((entry) => ({ name: new URL(entry.name).pathname.replace("/api/trpc/", ""), ms: entry.responseEnd - entry.requestStart, bytes: entry.encodedBodySize }));

/** @param {{ selector: string, lines?: number }} wanted */
export async function visit(session, path, { selector, lines = 0 }) {
  const page = await session.context.newPage();
  try {
    await page.addInitScript(noteContent, selector);
    await page.goto(`${session.url}/${session.project}${path}`, { waitUntil: "commit" });
    const seen = await (await page.waitForFunction(visited, lines, { polling: 50, timeout: 60_000 })).jsonValue();
    await page.waitForLoadState("networkidle", { timeout: 15_000 }).catch(() => undefined);
    const calls = await page.evaluate(asked);
    const slowest = calls.reduce((most, call) => (call.ms > most.ms ? call : most), { name: "none", ms: 0, bytes: 0 });
    return { ...seen, slowest };
  } finally {
    await page.close();
  }
}
