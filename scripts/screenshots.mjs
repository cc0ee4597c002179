// Takes the pictures of docs/images from a running example: node scripts/screenshots.mjs <url> <e-mail> <password> [page…]
import { chromium } from "@playwright/test";
import { findChromium } from "./chromium.mjs";

const [url, email, password, ...wanted] = process.argv.slice(2);
if (!url || !email || !password) throw new Error("Usage: node scripts/screenshots.mjs <url> <e-mail> <password>");

// A page, or where links lead to it: a page, then the links to follow from it, one after the other.
const run = ["/experiments/1", /\/experiments\/runs\/\w+$/];
const report = ["/experiments/reports", /\/experiments\/reports\/[\w-]+$/];
const pages = {
  home: "",
  features: "/catalog",
  catalog: "/catalog/views/origin_delays?feature=origin_mean_delay_24h",
  dataset: ["/catalog/views/origin_delays", /\/catalog\/datasets\//],
  source: "/catalog/sources/outcomes",
  projects: "/experiments",
  experiments: "/experiments/1",
  run,
  "run-overview": [...run, /\/runs\/\w+\/overview$/],
  "run-artifacts": [...run, /\/runs\/\w+\/artifacts$/],
  "run-code": [...run, /\/runs\/\w+\/code$/],
  "run-logs": [...run, /\/runs\/\w+\/logs$/],
  "run-system": [...run, /\/runs\/\w+\/system$/],
  compare: [...report, /\/experiments\/compare\?/],
  report,
  reports: "/experiments/reports",
  sweeps: "/experiments/2/sweeps",
  sweep: ["/experiments/2/sweeps", /\/experiments\/sweeps\/[\w-]{36}$/],
  "sweep-new": "/experiments/sweeps/new?recipe=train",
  launch: "/experiments/launch?recipe=train",
  evaluations: "/evaluations",
  evaluation: ["/evaluations", /\/evaluations\/[\w-]{36}$/],
  "evaluation-compare": ["/evaluations", /\/evaluations\/compare\/[\w-]{36}$/],
  registry: "/models",
  models: "/models/flight-delay?version=3",
  monitors: "/monitoring",
  monitoring: "/monitoring/flight-delay",
  "monitor-rules": "/monitoring/flight-delay/edit",
  alert: ["/monitoring/flight-delay", /\/monitoring\/alerts\//],
  compute: "/compute",
  job: ["/compute", /\/compute\/jobs\//],
  agent: ["/compute", /\/compute\/agents\//],
  "settings-members": "/settings/members",
  "settings-tokens": "/settings/tokens",
  "settings-channels": "/settings/channels",
  "settings-connections": "/settings/connections",
  "settings-api": "/settings/api",
  "settings-audit": "/settings/audit",
  "settings-system": "/settings/system",
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

const unknown = wanted.filter((name) => !(name in pages));
if (unknown.length > 0) throw new Error(`${unknown.join(", ")}: no such page. There are ${Object.keys(pages).join(", ")}.`);

const paths = {};
for (const [name, where] of Object.entries(pages).filter(([each]) => wanted.length === 0 || wanted.includes(each))) paths[name] = await pathOf(where);
for (const theme of ["light", "dark"]) {
  await context.addCookies([{ name: "slipway-theme", value: theme, url }]);
  for (const [name, path] of Object.entries(paths)) {
    await open(path);
    await page.getByText("Live", { exact: true }).first().waitFor();
    // What comes after first paint: charts and what lies below the fold.
    await page.waitForTimeout(2_000);
    await page.getByText(/the reference…$/).first().waitFor({ state: "hidden", timeout: 120_000 });
    await page.screenshot({ path: `docs/images/${name}-${theme}.png` });
  }
}
await browser.close();
