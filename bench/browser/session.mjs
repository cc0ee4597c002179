// A real Chromium, signed in as the owner of a fresh instance, and calls of the portal's own procedures with that session.
import { chromium } from "@playwright/test";
import { findChromium } from "../../scripts/chromium.mjs";
import { notePaints } from "./paints.mjs";

const password = "correct horse battery";

/** @returns a context, the project's path, and the session's cookie for calls from outside the browser */
export async function openSession(ours) {
  const browser = await chromium.launch({ executablePath: await findChromium(), args: ["--no-sandbox", "--disable-dev-shm-usage"] });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(ours.ownerLink);
  await page.getByLabel(/Name/).first().fill("Bench");
  await page.getByLabel(/E-mail/).fill("bench@example.com");
  await page.getByLabel(/Password/).first().fill(password);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Home" }).waitFor();
  const project = new URL(page.url()).pathname.split("/")[1];
  await page.close();
  await context.addInitScript(notePaints);
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  return { browser, context, project, cookie, url: ours.url, close: () => browser.close() };
}

/** Asks as the portal's pages do; `bytes` are those on the wire before they are unpacked. */
export async function askProcedure(session, name, input, { gzip = true } = {}) {
  const asked = encodeURIComponent(JSON.stringify({ json: { project: session.project, ...input } }));
  const from = performance.now();
  const answer = await fetch(`${session.url}/api/trpc/${name}?input=${asked}`, { headers: { cookie: session.cookie, "accept-encoding": gzip ? "gzip" : "identity" } });
  const text = await answer.text();
  const ms = performance.now() - from;
  if (!answer.ok) throw new Error(`${name}: ${answer.status} ${text.slice(0, 300)}`);
  return { ms, bytes: Buffer.byteLength(text), data: JSON.parse(text).result.data.json };
}

export async function callProcedure(session, name, input) {
  const headers = { cookie: session.cookie, origin: session.url, "content-type": "application/json" };
  const answer = await fetch(`${session.url}/api/trpc/${name}`, { method: "POST", headers, body: JSON.stringify({ json: { project: session.project, ...input } }) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${name}: ${answer.status} ${text.slice(0, 300)}`);
  return JSON.parse(text).result.data.json;
}
