// Takes the pictures of docs/images from a running example: node scripts/screenshots.mjs <url> <e-mail> <password>
import { chromium } from "@playwright/test";
import { findChromium } from "./chromium.mjs";

const [url, email, password] = process.argv.slice(2);
if (!url || !email || !password) throw new Error("Usage: node scripts/screenshots.mjs <url> <e-mail> <password>");

const pages = {
  home: "",
  catalog: "/catalog/views/origin_delays?feature=origin_mean_delay_24h",
  experiments: "/experiments/1",
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
for (const theme of ["light", "dark"]) {
  await context.addCookies([{ name: "slipway-theme", value: theme, url }]);
  for (const [name, path] of Object.entries(pages)) {
    await page.goto(`${url}${project}${path}`);
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    await page.locator("main .skeleton").first().waitFor({ state: "detached" });
    await page.getByText("Live", { exact: true }).first().waitFor();
    // What comes after first paint: charts and what lies below the fold.
    await page.waitForTimeout(2_000);
    await page.screenshot({ path: `docs/images/${name}-${theme}.png` });
  }
}
await browser.close();
