// Takes the pictures of docs/images from a running example: node scripts/screenshots.mjs <url> <e-mail> <password>
import { chromium } from "@playwright/test";
import { findChromium } from "./chromium.mjs";

const [url, email, password] = process.argv.slice(2);
if (!url || !email || !password) throw new Error("Usage: node scripts/screenshots.mjs <url> <e-mail> <password>");

/** A page, or where links lead to it: a page, then the links to follow from it, one after the other. */
const pages = {
  home: "",
  catalog: "/catalog/views/origin_delays?feature=origin_mean_delay_24h",
  experiments: "/experiments/1",
  run: ["/experiments/1", /\/experiments\/runs\/\w+$/],
  compare: ["/experiments/reports", /\/experiments\/reports\/[\w-]+$/, /\/experiments\/compare\?/],
  report: ["/experiments/reports", /\/experiments\/reports\/[\w-]+$/],
  sweep: ["/experiments/2/sweeps", /\/experiments\/sweeps\/[\w-]{36}$/],
  launch: "/experiments/launch?recipe=train",
  evaluations: "/evaluations",
  models: "/models/flight-delay?version=3",
  monitoring: "/monitoring/flight-delay",
  compute: "/compute",
};

const browser = await chromium.launch({ executablePath: await findChromium(), args: ["--no-sandbox", "--disable-dev-shm-usage"] });
const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
const page = await context.newPage();
await page.goto(`${url}/sign-in`);
await page.getByLabel("E-mail").fill(email);
await page.getByLabel("Password").fill(password);
await page.getByRole("button", { name: "Sign in" }).click();
await page.getByRole("heading", { level: 1, name: "Home" }).waitFor();
const project = new URL(page.url()).pathname;

async function open(path) {
  await page.goto(`${url}${path}`);
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  // What lies below the fold is drawn once it comes into sight.
  await page.waitForFunction(() => [...document.querySelectorAll("main .skeleton")].every((each) => each.getBoundingClientRect().top > innerHeight));
}

async function pathOf(where) {
  if (typeof where === "string") return `${project}${where}`;
  let path = `${project}${where[0]}`;
  for (const link of where.slice(1)) {
    await open(path);
    // A function, so that a table whose rows come after the first paint is waited for.
    const found = await page.waitForFunction(({ source }) => [...document.querySelectorAll("main a")].map((a) => a.getAttribute("href")).find((href) => href && new RegExp(source).test(href)), { source: link.source });
    path = await found.jsonValue();
  }
  return path;
}

const paths = {};
for (const [name, where] of Object.entries(pages)) paths[name] = await pathOf(where);
for (const theme of ["light", "dark"]) {
  await context.addCookies([{ name: "slipway-theme", value: theme, url }]);
  for (const [name, path] of Object.entries(paths)) {
    await open(path);
    await page.getByText("Live", { exact: true }).first().waitFor();
    // What comes after first paint: charts and what lies below the fold.
    await page.waitForTimeout(2_000);
    await page.screenshot({ path: `docs/images/${name}-${theme}.png` });
  }
}
await browser.close();
