// A run's page in a real Chromium: when which whole number was painted in its header, and drawn at the end of its curve.

/** In the page: each change of the two texts, with the time of the frame that shows it. The legend names the curve's last value, in the frame that draws it. */
function noteNumbers() {
  const seen = [];
  window.__seen = seen;
  const last = { header: 0, curve: 0 };
  const read = (kind, text) => {
    const value = Number(text?.replaceAll(/[^\d.]/g, "") || Number.NaN);
    if (!(value > last[kind])) return;
    last[kind] = value;
    window.__afterFrame(() => seen.push({ kind, value, at: Date.now() }));
  };
  const look = () => {
    read("header", document.querySelector("header .animate-flash, .animate-flash")?.textContent);
    read("curve", document.querySelector("[class*='group/panel'] li span:nth-of-type(2), [class*='group/panel'] li span.text-muted")?.textContent);
  };
  look();
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
}

export async function watchPage({ context, url, project }, runId) {
  const page = await context.newPage();
  await page.goto(`${url}/${project}/experiments/runs/${runId}`);
  await page.locator(".u-over").first().waitFor();
  await page.waitForLoadState("networkidle", { timeout: 3_000 }).catch(() => undefined);
  await page.evaluate(noteNumbers);
  const has = (value) => ["header", "curve"].every((kind) => window.__seen.some((one) => one.kind === kind && one.value >= value));
  return {
    /** When a number was painted in both places. */
    async painted(value) {
      await page.waitForFunction(has, value, { polling: 20, timeout: 20_000 });
      const times = await page.evaluate((wanted) => Object.fromEntries(["header", "curve"].map((kind) => [kind, window.__seen.find((one) => one.kind === kind && one.value >= wanted).at])), value);
      return times;
    },
    log: () => page.evaluate(() => window.__seen),
    close: () => page.close(),
  };
}
