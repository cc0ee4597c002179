// Finds a Chromium for the browser tests: the system's, Playwright's own, or Debian's through apt when root. Its headless shell comes first: the same
// engine, without the windows of a desktop to draw, and a third of the work (an animated page that scrolls: 4.5 s of CPU against 15).
import { existsSync } from "node:fs";
import { runQuietly } from "./packages.mjs";

const shell = "/usr/bin/chromium-headless-shell";
const places = [shell, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable", "/snap/bin/chromium"];

async function ofPlaywright() {
  const { chromium } = await import("@playwright/test");
  const path = chromium.executablePath();
  return existsSync(path) ? path : null;
}

export async function findChromium() {
  const found = process.env.CHROMIUM_PATH ?? places.find((path) => existsSync(path)) ?? (await ofPlaywright());
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    process.stdout.write("Installing Chromium from Debian's packages…\n");
    await runQuietly("apt-get", ["update"]);
    const install = (name) => runQuietly("apt-get", ["install", "-y", "--no-install-recommends", name], { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
    // Older Debians have no package of the shell alone.
    await install("chromium-headless-shell").catch(() => install("chromium"));
    const installed = places.find((path) => existsSync(path));
    if (installed) return installed;
  }
  throw new Error("The browser tests need a Chromium: install one (Debian: apt-get install chromium), or set CHROMIUM_PATH.");
}
